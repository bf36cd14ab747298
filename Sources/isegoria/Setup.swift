import Configuration
import Database
import Foundation
import Interface
import Mail

/// What the program is told from outside: environment first, then the file that `ISEGORIA_CONFIG` names.
struct Setup: Sendable {
  let data: String
  let port: Int
  let address: String
  /// The address people use, when a proxy stands in front: `https://participer.example.org`.
  let publicURL: String?
  let trustedProxies: Set<String>
  let postgres: String?
  let smtp: SMTPPostman?
  let sender: String?
  let limitFactor: Double
  /// Where the source of this very program is offered, for the foot of each page.
  let sourceURL: String?

  /// - Throws: words that name a setting which cannot be what it is set to: a wrong one is not replaced by its default.
  static func read(data: String? = nil, port: Int? = nil) async throws -> Setup {
    var providers: [any ConfigProvider] = [EnvironmentVariablesProvider()]
    if let path = ProcessInfo.processInfo.environment["ISEGORIA_CONFIG"] {
      providers.append(try await FileProvider<JSONSnapshot>(filePath: .init(path)))
    }
    let config = ConfigReader(providers: providers)
    let set = try await Self.port("isegoria.port", in: config)
    if let port, !ports.contains(port) { throw Plain("--port \(port) is no port. \(aPort)") }
    return Setup(
      data: data ?? config.string(forKey: "isegoria.data", default: "var"), port: port ?? set ?? 8080,
      address: config.string(forKey: "isegoria.address", default: "127.0.0.1"), publicURL: try publicURL(config),
      trustedProxies: try trustedProxies(config), postgres: config.string(forKey: "isegoria.postgres"), smtp: try await smtp(config),
      sender: try sender(config), limitFactor: try await limitFactor(config), sourceURL: try sourceURL(config))
  }

  /// Where the database of an organization is.
  func location(of name: String) -> OpenDatabase.Location {
    guard let postgres else { return .sqlite(path: "\(data)/organizations/\(name)/organization.sqlite") }
    return .postgres(connection: postgres, name: "isegoria_" + name.replacingOccurrences(of: "-", with: "_"))
  }

  var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(address) }

  // MARK: Settings that can be wrong

  private static let ports = 1...65_535
  private static let aPort = "A port is a whole number from 1 to 65535."

  private static func port(_ key: ConfigKey, in config: ConfigReader) async throws -> Int? {
    do {
      guard let port = try await config.fetchInt(forKey: key) else { return nil }
      if ports.contains(port) { return port }
    } catch {}
    throw Plain("\(key.components.joined(separator: "_").uppercased()) is no port. \(aPort)")
  }

  private static func limitFactor(_ config: ConfigReader) async throws -> Double {
    guard let factor = try? await config.fetchDouble(forKey: "isegoria.limit.factor", default: 1), factor > 0, factor.isFinite else {
      throw Plain("ISEGORIA_LIMIT_FACTOR is no number above 0.")
    }
    return factor
  }

  private static func publicURL(_ config: ConfigReader) throws -> String? {
    guard let url = config.string(forKey: "isegoria.public.url") else { return nil }
    guard WebAddress.isWeb(url), url.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 2 else {
      throw Plain("ISEGORIA_PUBLIC_URL is \(url). It is scheme and host, without a slash behind them: https://participer.example.org")
    }
    return url
  }

  private static func sourceURL(_ config: ConfigReader) throws -> String? {
    guard let url = config.string(forKey: "isegoria.source.url") else { return nil }
    guard WebAddress.isWeb(url) else {
      throw Plain("ISEGORIA_SOURCE_URL is \(url). It is the address of a page, and begins with https:// or http://.")
    }
    return url
  }

  private static func trustedProxies(_ config: ConfigReader) throws -> Set<String> {
    let addresses = config.string(forKey: "isegoria.trusted.proxies", default: "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    for address in addresses where !ClientAddress.isAddress(address) {
      throw Plain("ISEGORIA_TRUSTED_PROXIES names \(address). It holds single addresses, by commas: 127.0.0.1, 2001:db8::1; no names, no ranges.")
    }
    return Set(addresses)
  }

  private static func smtp(_ config: ConfigReader) async throws -> SMTPPostman? {
    guard let host = config.string(forKey: "isegoria.smtp.host") else { return nil }
    let words = config.string(forKey: "isegoria.smtp.security", default: "starttls")
    guard let security = SMTPSettings.Security(rawValue: words) else {
      let known = SMTPSettings.Security.allCases.map(\.rawValue).joined(separator: ", ")
      throw Plain("ISEGORIA_SMTP_SECURITY is \(words), which is not known. Known: \(known).")
    }
    let port = try await port("isegoria.smtp.port", in: config) ?? 587
    do {
      return SMTPPostman(
        settings: try SMTPSettings(
          host: host, port: port, security: security, user: config.string(forKey: "isegoria.smtp.user"),
          password: config.string(forKey: "isegoria.smtp.password", isSecret: true), caFile: config.string(forKey: "isegoria.smtp.ca")))
    } catch {
      switch error {
      case .host: throw Plain("ISEGORIA_SMTP_HOST is \(host), which is no name or address of a mail server.")
      case .port: throw Plain("ISEGORIA_SMTP_PORT is no port. \(aPort)")
      case .passwordInTheClear: throw Plain("ISEGORIA_SMTP_USER needs TLS: with ISEGORIA_SMTP_SECURITY=none its password would be sent in clear.")
      case .controlCharacter: throw Plain("ISEGORIA_SMTP_USER, _PASSWORD or _CA holds a control character.")
      }
    }
  }

  private static func sender(_ config: ConfigReader) throws -> String? {
    guard let sender = config.string(forKey: "isegoria.smtp.sender") else { return nil }
    guard (try? EmailAddress(sender)) != nil else { throw Plain("ISEGORIA_SMTP_SENDER is \(sender), which is no e-mail address.") }
    return sender
  }
}
