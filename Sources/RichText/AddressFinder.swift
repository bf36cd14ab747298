/// Finds bare `http://` and `https://` addresses in text. One pass, linear.
enum AddressFinder {
  /// A run of text, or an address that a link may lead to.
  struct Piece {
    let bytes: ArraySlice<UInt8>
    let isAddress: Bool
  }

  /// The text in order, cut at its addresses; all pieces joined are the text.
  static func pieces(of text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var done = 0
    var index = 0
    while index < text.count {
      guard LinkAddress.lower(text[index]) == UInt8(ascii: "h"), index == 0 || !isWordByte(text[index - 1]), startsAddress(text[index...]) else {
        index += 1
        continue
      }
      let end = end(of: text, from: index)
      let address = text[index..<end]
      if LinkAddress.allowed(String(decoding: address, as: UTF8.self)) != nil {
        if done < index { pieces.append(Piece(bytes: text[done..<index], isAddress: false)) }
        pieces.append(Piece(bytes: address, isAddress: true))
        done = end
      }
      index = max(end, index + 1)
    }
    if done < text.count { pieces.append(Piece(bytes: text[done...], isAddress: false)) }
    return pieces
  }

  private static func startsAddress(_ text: ArraySlice<UInt8>) -> Bool {
    let lowered = text.prefix(8).map(LinkAddress.lower)
    return lowered.starts(with: "https://".utf8) || lowered.starts(with: "http://".utf8)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool { 97...122 ~= LinkAddress.lower(byte) || 48...57 ~= byte }

  /// Where the address ends: before white space, quotes, the signs of typography, and the full stop, comma or bracket of the sentence around it.
  private static func end(of text: [UInt8], from start: Int) -> Int {
    var end = start
    var opened = 0
    while end < text.count, !stops(text, end) {
      if text[end] == UInt8(ascii: "(") { opened += 1 }
      if text[end] == UInt8(ascii: ")") {
        if opened == 0 { break }
        opened -= 1
      }
      end += 1
    }
    while end > start, ".,;:!?'*_~([{]}".utf8.contains(text[end - 1]) { end -= 1 }
    return end
  }

  private static func stops(_ text: [UInt8], _ index: Int) -> Bool {
    switch text[index] {
    case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "\\"), 0xC2: true
    case 0xE2: index + 1 < text.count && text[index + 1] == 0x80
    case 0xE3: index + 1 < text.count && text[index + 1] == 0x80
    default: false
    }
  }
}
