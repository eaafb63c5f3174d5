// swift-tools-version:6.2
import PackageDescription

// The floors of the house. A room may import rooms on lower floors only; the
// compiler enforces it because only declared dependencies can be imported, and
// ArchitectureTests reads this manifest and says so in words.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Rooms that reckon through much, which tests spend their time in: optimised in debug builds too.
let reckoning: Set<String> = [
    "Chronology", "Effects", "Forecasting", "Identifiers", "Indicators", "Markup", "Matching",
    "Parameters", "PostgresStorage", "Registry", "SQLiteStorage", "Simulation", "Storage",
    "Surveys",
]
let optimised: [SwiftSetting] = [
    .unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))
]

func room(
    _ name: String, _ rooms: [String] = [], _ libraries: [Target.Dependency] = [],
    resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: rooms.map { .byName(name: $0) } + libraries,
        resources: resources,
        swiftSettings: reckoning.contains(name) ? strict + optimised : strict)
}

func tests(
    _ name: String, _ rooms: [String], _ libraries: [Target.Dependency] = [],
    exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: rooms.map { .byName(name: $0) } + libraries,
        exclude: exclude, resources: resources, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "fodfaeste",
    products: [.executable(name: "fodfaeste", targets: ["fodfaeste"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        // Floor 0
        room("Chronology"),
        room("Identifiers"),
        room("Parameters", [], [yams], resources: [.copy("Resources")]),
        room("Markup"),
        // Floor 1
        room("Registry", ["Chronology", "Identifiers"]),
        // Floor 2
        room(
            "Indicators", ["Chronology", "Identifiers", "Parameters", "Registry"], [yams],
            resources: [.copy("Resources")]),
        room(
            "Law", ["Chronology", "Parameters", "Registry"], resources: [.copy("Resources")]),
        room(
            "Simulation", ["Chronology", "Identifiers", "Parameters", "Registry"], [yams],
            resources: [.copy("Resources")]),
        room(
            "Storage", ["Chronology", "Identifiers", "Registry"], [crypto],
            resources: [.copy("Resources")]),
        room("Forecasting", ["Chronology"]),
        room(
            "Matching", ["Chronology", "Identifiers", "Parameters", "Registry", "CLemon"],
            resources: [.copy("Resources")]),
        // Calls LEMON, a library of C++ headers, and shows C alone.
        .target(name: "CLemon"),
        room(
            "Effects", ["Chronology", "Parameters", "Registry"], resources: [.copy("Resources")]),
        room("Surveys", ["Registry"]),
        // Floor 3
        room(
            "Plans", ["Chronology", "Identifiers", "Parameters", "Registry", "Indicators"],
            resources: [.copy("Resources")]),
        room(
            "Reporting",
            ["Chronology", "Effects", "Markup", "Parameters", "Indicators", "Registry"]),
        room(
            "Exchange",
            [
                "Chronology", "Identifiers", "Parameters", "Registry", "Law", "Indicators",
                "Forecasting", "CLibXLSXWriter", "CZlib",
            ], [crypto, jwt]),
        .systemLibrary(
            name: "CLibXLSXWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        room("SQLiteStorage", ["Storage"], [grdb]),
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        room("PostgresStorage", ["Storage", "CLibPQ"]),
        // Floor 4
        room(
            "Jobcenter",
            [
                "Chronology", "Identifiers", "Parameters", "Registry", "Law", "Indicators",
                "Storage", "Plans", "Reporting", "Exchange", "Forecasting", "Effects", "Matching",
                "Surveys",
            ]),
        room(
            "Views",
            [
                "Chronology", "Identifiers", "Markup", "Parameters", "Registry", "Indicators",
                "Plans", "Reporting",
            ], resources: [.copy("Resources")]),
        // Floor 5
        room(
            "Web",
            [
                "Chronology", "Identifiers", "Markup", "Parameters", "Registry", "Law",
                "Indicators", "Plans", "Reporting", "Exchange", "Effects", "Matching", "Surveys",
                "Jobcenter", "Views",
            ], [hummingbird]),
        // Floor 6
        .executableTarget(
            name: "fodfaeste",
            dependencies: [
                "Chronology", "Identifiers", "Parameters", "Registry", "Law", "Indicators",
                "Simulation", "Storage", "SQLiteStorage", "PostgresStorage", "Plans", "Reporting",
                "Exchange", "Forecasting", "Effects", "Matching",
                "Jobcenter", "Web", arguments, crypto, hummingbird,
            ], swiftSettings: strict),
        .executableTarget(
            name: "fodfaeste-bench",
            dependencies: [
                "Chronology", "Identifiers", "Registry", "Law", "Indicators", "Simulation", "Plans",
                "Storage", "SQLiteStorage", "Matching", "Parameters",
                arguments,
            ], path: "bench/Sources/Bench", swiftSettings: strict),
        tests("Architecture", []),
        tests("Chronology", ["Chronology"]),
        tests("Forecasting", ["Chronology", "Forecasting"]),
        tests(
            "Effects",
            ["Chronology", "Effects", "Identifiers", "Parameters", "Registry", "Simulation"]),
        tests("Identifiers", ["Identifiers"]),
        tests(
            "Matching", ["Chronology", "Identifiers", "Matching", "Parameters", "Registry"], [yams],
            resources: [.copy("Resources")]),
        tests("Parameters", ["Parameters"]),
        tests("Markup", ["Markup"]),
        tests(
            "Indicators",
            ["Chronology", "Identifiers", "Parameters", "Registry", "Indicators"], [yams],
            resources: [.copy("Resources")]),
        tests(
            "Law", ["Chronology", "Law", "Parameters", "Registry"], resources: [.copy("Resources")]),
        tests(
            "Simulation",
            ["Chronology", "Identifiers", "Registry", "Indicators", "Simulation"]),
        tests(
            "Storage",
            [
                "Chronology", "Identifiers", "Registry", "Storage", "SQLiteStorage",
                "PostgresStorage",
            ]),
        tests("StorageContract", ["Storage", "SQLiteStorage", "PostgresStorage", "CLibPQ"]),
        tests(
            "Exchange",
            ["Chronology", "Exchange", "Identifiers", "Indicators", "Parameters", "Registry"],
            [jwt], resources: [.copy("Resources")]),
        tests(
            "Plans",
            ["Chronology", "Identifiers", "Parameters", "Registry", "Indicators", "Plans"],
            [yams], resources: [.copy("Examples")]),
        tests("Reporting", ["Chronology", "Markup", "Parameters", "Indicators", "Reporting"]),
        tests(
            "Views",
            [
                "Chronology", "Identifiers", "Markup", "Parameters", "Registry", "Indicators",
                "Reporting", "Effects", "Views",
            ], exclude: ["__Snapshots__"]),
        tests(
            "Jobcenter",
            [
                "Chronology", "Identifiers", "Parameters", "Registry", "Indicators", "Law",
                "Effects", "Storage", "SQLiteStorage", "PostgresStorage", "Exchange", "Jobcenter",
                "Matching", "Reporting", "Surveys",
            ], [yams], resources: [.copy("Resources")]),
        tests("Surveys", ["Registry", "Surveys"]),
        tests(
            "Web",
            [
                "Chronology", "Exchange", "Identifiers", "Indicators", "Jobcenter", "Parameters",
                "Registry", "SQLiteStorage", "Storage", "Views", "Web",
            ]),
    ],
    // The newest that LEMON's headers compile with.
    cxxLanguageStandard: .cxx17
)
