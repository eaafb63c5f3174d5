import Testing

/// Other people's code stays in the rooms that the design names.
@Suite("The libraries") struct LibraryTests {
    let design: Design
    let manifest: Manifest

    /// What comes with Swift itself.
    static let platform: Set = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
    ]

    /// Modules that come along with a library and are imported beside it.
    static let companions = [
        "GRDBSQLite": "GRDB",
        "HTTPTypes": "Hummingbird", "HummingbirdCore": "Hummingbird", "Logging": "Hummingbird",
        "NIOCore": "Hummingbird", "NIOPosix": "Hummingbird", "ServiceLifecycle": "Hummingbird",
    ]

    /// The one room that reaches the network.
    static let networking = "Exchange"

    static let withoutFoundation = ["Chronology", "Identifiers", "Markup", "Registry"]

    init() throws {
        design = Design(document: try Repository.text("docs/architecture.md"))
        manifest = Manifest(try Repository.text("Package.swift"))
    }

    @Test("Each room declares exactly the libraries that the design gives it")
    func declaredLibraries() throws {
        #expect(!design.libraries.isEmpty)
        for room in manifest.targets where !room.isTest {
            let declared = Set(
                room.libraries.compactMap { manifest.products[$0] }
                    + room.rooms.filter(manifest.systemLibraries.contains))
            let allowed = Set(design.libraries.filter { $0.value.contains(room.name) }.keys)
            let unknown = declared.subtracting(allowed)
            #expect(unknown.isEmpty, "\(room.name) declares \(unknown), which the design does not")
        }
    }

    @Test("A room's files import only the platform, lower rooms and libraries given to the room")
    func importedLibraries() throws {
        for room in design.floors.keys {
            for file in try Repository.files(of: room) {
                for module in imports(in: file.text) {
                    if Self.platform.contains(module) || design.floors[module] != nil { continue }
                    if module == "FoundationNetworking", room == Self.networking { continue }
                    let library = Self.companions[module] ?? module
                    #expect(
                        design.libraries[library]?.contains(room) == true,
                        "\(file.path) imports \(module), which \(room) is not given")
                }
            }
        }
    }

    @Test("The rooms of values and arithmetic do without Foundation", arguments: withoutFoundation)
    func noFoundation(room: String) throws {
        let files = try Repository.files(of: room)
        #expect(!files.isEmpty, "\(room) has no files")
        for file in files {
            let found = imports(in: file.text).filter { $0.hasPrefix("Foundation") }
            #expect(found.isEmpty, "\(file.path) imports \(found)")
        }
    }

    @Test("Registry knows no library at all")
    func registryAlone() throws {
        let rooms = design.libraries.filter { $0.value.contains("Registry") }
        #expect(rooms.isEmpty)
        let registry = try #require(manifest.targets.first { $0.name == "Registry" })
        #expect(registry.libraries.isEmpty)
    }
}
