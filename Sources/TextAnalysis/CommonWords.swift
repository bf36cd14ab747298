/// Words too common to be looked for, folded.
enum CommonWords {
  static func of(_ language: String) -> Set<String> {
    switch language {
    case "fr": french
    case "en": english
    default: []
    }
  }

  private static let french: Set<String> = Set(
    """
    a afin ai ainsi apres au aucun aussi autre aux avec avoir c ca ce cela ces cet cette ceux chaque comme d dans de des doit doivent donc
    dont du elle elles en encore est et etc etre eu fait il ils j je jusqu l la le les leur leurs lors lorsqu lorsque lui m ma mais me meme
    mes mon n ne ni nos notre nous on ont ou par pas peu peut peuvent plus pour pourra puis puisqu puisque qu quand que quel quelle quelles
    quels qui quoi quoiqu s sa sans se sera ses si soit son sont sous sur t ta te tel telle tes toi ton tous tout toute toutes tres tu un
    une vers via vos votre vous y
    """.split(separator: " ").flatMap { $0.split(separator: "\n") }.map(String.init))

  private static let english: Set<String> = Set(
    """
    a about after all also an any and are as at be been but by can could d did do does for from had has have he her his how i if in into is
    it its just ll m may me more my no not of on one only or other our out over re s she should so some such t than that the their them then
    there these they this those to too under up us ve was we were what when where which who will with would you your
    """.split(separator: " ").flatMap { $0.split(separator: "\n") }.map(String.init))
}
