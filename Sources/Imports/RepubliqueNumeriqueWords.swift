import CommonsDomain
import Localization

/// The few words around the imported consultation that the file does not hold; they say what it is and what is missing.
enum RepubliqueNumeriqueWords {
  private static func both(_ french: String, _ english: String) -> LocalizedText {
    LocalizedText([.french: french, .english: english], original: .french)
  }

  static let space = SpaceWords(
    slug: "republique-numerique",
    title: both("Projet de loi République numérique", "Digital Republic bill"),
    question: both("Que doit dire la loi pour une République numérique\u{202F}?", "What should the law for a Digital Republic say?"),
    summary: both(
      "La consultation publique de l’automne 2015 sur le projet de loi, article par article. Elle est close\u{A0}: on la lit ici avec ses votes, ses arguments et ses sources.",
      "The public consultation of autumn 2015 on the bill, article by article. It is closed: read it here with its votes, arguments and sources."),
    description: both(
      "Du 26 septembre au 18 octobre 2015, le Gouvernement français a soumis trente articles à l’avis de toutes et tous. Chaque personne pouvait voter pour chaque article, ajouter des arguments et des sources, et proposer ses propres articles. Ce qui suit vient de l’interface publique du site d’alors, archivée par Lucas-C/republique-numerique-stats\u{A0}; les noms des personnes y sont remplacés par des numéros.",
      "From 26 September to 18 October 2015 the French Government put thirty articles before everyone. Each person could vote on each article, add arguments and sources, and propose articles of their own. What follows comes from the public interface of the site of the time, archived by Lucas-C/republique-numerique-stats; people’s names are replaced by numbers in it."
    ),
    scope: both("France", "France"))

  static let sourceNote = both(
    "La source donne le nombre des autres rédactions, pas leur texte. Elle ne contient pas les réponses du Gouvernement. Les votes y sont des totaux. Quatre contributions mises à la corbeille sont comptées comme retirées. Rien n’a été ajouté.",
    "The source gives the number of other wordings, not their text. It does not hold the Government’s answers. Votes come as totals. Four contributions that were binned count as withdrawn. Nothing was added."
  )

  static let component = both("Le projet de loi, article par article", "The bill, article by article")
  static let introduction = both(
    "Trente articles du Gouvernement, puis les articles proposés par les participantes et les participants.",
    "Thirty articles by the Government, then the articles that participants proposed.")
  static let phase = both("Consultation", "Consultation")
  static let phaseDescription = both("Lire, voter, argumenter, proposer.", "Read, vote, argue, propose.")
}
