/// Bytes that are only appended, or cut off at the end: what a page is written on.
///
/// An array would do; but a page is written in thousands of small pieces, and an array asks at each whether it is its only owner and what
/// it holds: one part in fifteen of a whole page.
struct Sheet: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    memory = .allocate(capacity: self.capacity)
  }

  deinit { memory.deallocate() }

  /// What was written, good until the next change.
  var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

  /// Appends bytes that are not of this sheet.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    if count + bytes.count > capacity { grow(to: count + bytes.count) }
    (memory + count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  /// Forgets what stands behind a place.
  mutating func cut(to place: Int) {
    precondition(0...count ~= place)
    count = place
  }

  private mutating func grow(to needed: Int) {
    capacity = max(needed, capacity * 2)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: memory, count: count)
    memory.deallocate()
    memory = larger
  }
}
