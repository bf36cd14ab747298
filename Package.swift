// swift-tools-version: 6.2
// One list of features, one list of floors. A feature is a folder; this file cuts every folder into its floors
// (Domain, Web, Tests), and each floor of all features together is one compiler target.
// The floors are made real by: swift build --explicit-target-dependency-import-check error
import Foundation
import PackageDescription

/// What every feature stands on (`Features/Commons`), each named once.
let commons = [
  "Identities", "Secrets", "Events", "Permissions", "Organizations", "Legal", "People", "Authors", "Assistance", "Uploads", "Spaces", "Commitments",
  "Resources", "Votes",
  "Arguments", "Sources", "Follows", "Moderation", "Search", "Notifications", "PersonalData", "Visits", "Accounts", "Histories", "Front", "Desk",
  "Administration",
]
/// What people do inside a space (`Features/Components`).
let components = ["Texts", "Proposals"]
/// What stands on all rooms: what they hold as open data, and the site that puts them together (the list of routes, the schema).
let top = ["OpenData", "Site"]

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
let rooms = commons.map { "Commons/\($0)" } + components.map { "Components/\($0)" } + top

/// The folders named `floor` in the given rooms, and all else that lies under Features, which the target leaves out.
func floor(_ floor: String, of group: [String]) -> (sources: [String], exclude: [String]) {
  func inside(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/Features/\(folder)")) ?? []
    return names.sorted().map { "\(folder)/\($0)" }
  }
  var (sources, exclude): ([String], [String]) = ([], rooms.filter { !group.contains($0) })
  for entry in group.flatMap(inside) {
    if entry.hasSuffix("/\(floor)") {
      sources.append(entry)
      exclude += inside(entry).filter { !$0.hasSuffix(".swift") }
    } else {
      exclude.append(entry)
    }
  }
  return (sources, exclude)
}

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
]

func feature(_ name: String, _ floorName: String, of group: [String], _ dependencies: [Target.Dependency]) -> Target {
  let cut = floor(floorName, of: group)
  return .target(name: name, dependencies: dependencies, path: "Features", exclude: cut.exclude, sources: cut.sources, swiftSettings: settings)
}

func library(_ name: String, _ dependencies: [Target.Dependency] = [], optimised: Bool = false) -> Target {
  // Counting a hundred thousand ballots without the optimiser takes minutes: these few are optimised while one works, too.
  let speed: [SwiftSetting] = optimised ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []
  return .target(name: name, dependencies: dependencies, swiftSettings: settings + speed)
}

func system(_ name: String, _ pkgConfig: String?, _ debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let bigNumbers = Target.Dependency.product(name: "BigInt", package: "BigInt")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let httpParts = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")

let package = Package(
  name: "isegoria",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "isegoria", targets: ["isegoria"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2"),
    .package(url: "https://github.com/attaswift/BigInt.git", from: "6.0.1"),
  ],
  targets: [
    // Floor 0: values in, values out; they know nothing of ours but Encodings (and HTML writes RichText, Solvers serve SocialChoice).
    system("CGumbo", "gumbo", "libgumbo-dev"), system("CMarkGFM", "libcmark-gfm", "libcmark-gfm-dev"),
    system("CStemmer", nil, "libstemmer-dev"), system("CArgon2", "libargon2", "libargon2-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),
    // Loaded when they are first needed (decision 0010).
    .target(name: "CDlopen", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CSMTP", dependencies: ["CDlopen"]),
    .target(name: "CLibPQ", dependencies: ["CDlopen"]), .target(name: "CCoin", dependencies: ["CDlopen"]),
    .target(name: "CAssets", cSettings: [.unsafeFlags(["-std=c23"])]),
    library("Encodings"),
    library("RichText", ["CGumbo", "CMarkGFM"]),
    library("TextAnalysis", ["CStemmer"]),
    library("HTML", ["RichText"]),
    library("Localization", ["Encodings"]),
    library("Mail", ["CSMTP"]),
    library("Passwords", ["CArgon2", "Encodings", crypto]),
    .target(name: "CImages", dependencies: ["CDlopen"]),
    library("Images", ["CImages"]),
    system("CMalloc", nil, "libc6-dev"),
    system("CQRencode", "libqrencode", "libqrencode-dev"),
    library("QRCodes", ["CQRencode"]),
    library("SocialChoice", [bigNumbers, crypto], optimised: true),
    library("ChoiceFiles", ["SocialChoice"], optimised: true),
    library("Solvers", ["CCoin", "SocialChoice"], optimised: true),
    // Floor 1
    library("ChoiceCommands", ["SocialChoice", "ChoiceFiles", "Solvers", argumentParser]),
    library("Database", [.product(name: "GRDB", package: "GRDB.swift"), "CLibPQ", "Encodings", logging]),
    // Floor 2
    library(
      "Interface", ["HTML", "Encodings", "Localization", "QRCodes", "CAssets", "CZlib", hummingbird, crypto, logging, nio, httpTypes, httpParts]),
    // The features' Domain: what every feature stands on, then what people do inside a space.
    feature(
      "CommonsDomain", "Domain", of: rooms.filter { $0.hasPrefix("Commons") },
      ["Database", "Localization", "TextAnalysis", "RichText", "Mail", "Passwords", crypto]),
    feature(
      "Participation", "Domain", of: rooms.filter { !$0.hasPrefix("Commons") },
      ["CommonsDomain", "Database", "Localization", "RichText"]),
    // Floor 4
    feature(
      "Web", "Web", of: rooms,
      ["Interface", "HTML", "RichText", "TextAnalysis", "Localization", "Mail", "Passwords", "Participation", "CommonsDomain", "Database"]),
    library("Imports", ["Participation", "CommonsDomain", "Database", "RichText", "Localization"]),
    // Top: the command line; the only place where the live world is built.
    .executableTarget(
      name: "isegoria",
      dependencies: [
        "Web", "Imports", "Interface", "Participation", "CommonsDomain", "Database", "Localization", "Mail", "Passwords", "Images", "HTML",
        "RichText",
        "CMalloc", hummingbird, hummingbirdCore, logging, nio,
        "ChoiceCommands", argumentParser, .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"), .product(name: "Subprocess", package: "swift-subprocess"),
      ], swiftSettings: settings,
      // Nothing is ever loaded into the program that would look for its symbols; each one exported is looked up at every start.
      linkerSettings: [.unsafeFlags(["-Xlinker", "--no-export-dynamic"], .when(platforms: [.linux]))]),
    // Not shipped: the engines of SocialChoice against the clock.
    .executableTarget(
      name: "choice-benchmarks", dependencies: ["SocialChoice", "ChoiceFiles", "Solvers"], path: "Benchmarks/Choice", swiftSettings: settings),
    .testTarget(
      name: "SocialChoiceTests", dependencies: ["SocialChoice", "ChoiceFiles", "Solvers", "ChoiceCommands", bigNumbers, argumentParser],
      path: "Tests/SocialChoice",
      exclude: ["Reference"],
      swiftSettings: settings),
    .testTarget(
      name: "LibraryTests",
      dependencies: [
        "Encodings", "HTML", "RichText", "TextAnalysis", "Localization", "Mail", "Passwords", "Images", "QRCodes", "Database", "Interface", "CZlib",
        "CDlopen", httpTypes,
      ],
      path: "Tests/Libraries", swiftSettings: settings),
    // The features' own tests: rules, stores on both databases, pages in process.
    .testTarget(
      name: "FeatureTests",
      dependencies: [
        "Web", "Interface", "RichText", "Localization", "Participation", "CommonsDomain", "Database", "Imports", "Mail", "Passwords",
        "CGumbo", hummingbird, logging, nio, nioEmbedded, httpTypes, httpParts,
      ], path: "Features", exclude: floor("Tests", of: rooms).exclude, sources: floor("Tests", of: rooms).sources, swiftSettings: settings),
  ]
)
