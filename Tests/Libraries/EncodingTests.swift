import Encodings
import Testing

@Suite struct `Bytes as digits` {
  @Test func `each byte is two digits`() {
    #expect(Hexadecimal.text([]) == "")
    #expect(Hexadecimal.text([0, 9, 10, 15, 16, 171, 255]) == "00090a0f10abff")
    #expect((UInt8.min...UInt8.max).allSatisfy { UInt8(Hexadecimal.text([$0]), radix: 16) == $0 })
  }

  @Test func `capitals are for formats that want them`() {
    var text = Array("%".utf8)
    Hexadecimal.append(0xC3, to: &text, capitals: true)
    #expect(String(decoding: text, as: UTF8.self) == "%C3")
  }
}
