/// A browser and its system in few words, for the list of sessions.
enum Device {
  static func name(_ userAgent: String) -> String {
    let browser = ["Firefox", "Edg", "OPR", "Chrome", "Safari"].first { userAgent.contains($0) } ?? "?"
    let system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].first { userAgent.contains($0) } ?? "?"
    let names = ["Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"]
    return "\(names[browser] ?? browser), \(names[system] ?? system)"
  }
}
