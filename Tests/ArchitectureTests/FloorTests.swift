import Testing

/// The house stands: each room rests on lower floors only.
@Suite("The floors of the house") struct FloorTests {
    let design: Design
    let manifest: Manifest

    init() throws {
        design = Design(document: try Repository.text("docs/architecture.md"))
        manifest = Manifest(try Repository.text("Package.swift"))
    }

    @Test("Every room of the manifest has a floor, and every floor's room exists")
    func sameRooms() throws {
        let declared = Set(manifest.targets.filter { !$0.isTest }.map(\.name))
        #expect(declared == Set(design.floors.keys))
        let folders = Set(try Repository.rooms()).subtracting(manifest.systemLibraries)
        #expect(declared == folders)
    }

    @Test("A room declares only rooms on lower floors")
    func declaredDependencies() throws {
        #expect(try design.violations(in: manifest) == [])
    }

    @Test("A room's files import only rooms on lower floors")
    func importedRooms() throws {
        var read = 0
        for (room, floor) in design.floors {
            for file in try Repository.files(of: room) {
                for module in imports(in: file.text) {
                    guard let lower = design.floors[module] else { continue }
                    read += 1
                    #expect(
                        lower < floor,
                        "\(file.path) on floor \(floor) imports \(module) from floor \(lower)")
                }
            }
        }
        #expect(read > 10, "no import lines were recognised")
    }

    @Test("A test target knows the room that it is named after")
    func testsKnowTheirRoom() throws {
        for tests in manifest.targets where tests.isTest && !tests.rooms.isEmpty {
            let room = String(tests.name.dropLast("Tests".count))
            guard design.floors[room] != nil else { continue }
            #expect(tests.rooms.contains(room), "\(tests.name) does not depend on \(room)")
        }
    }
}
