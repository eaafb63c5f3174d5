import Testing

/// The readers behind the other tests find what they are meant to find.
@Suite("Reading the manifest and the design") struct ReadingTests {
    let manifest = Manifest(
        """
        let yams = Target.Dependency.product(name: "Yams", package: "Yams")
        let arguments = Target.Dependency.product(
            name: "ArgumentParser", package: "swift-argument-parser")
        func room(_ name: String, _ rooms: [String] = []) -> Target { .target(name: name) }
        let package = Package(
            name: "house",
            products: [.executable(name: "house", targets: ["house"])],
            targets: [
                // room("Commented", ["Cellar"]),
                room("Cellar"),
                room("Pantry", ["Cellar"], [yams], resources: [.copy("Resources")]),
                .systemLibrary(name: "CThing", pkgConfig: "thing", providers: [.apt(["thing-dev"])]),
                .executableTarget(
                    name: "house", dependencies: ["Pantry", "CThing", arguments]),
                tests("Pantry", ["Pantry"]),
            ]
        )
        """)

    let design = Design(
        document: """
            ## Floors
            floor 1   Pantry   house
            floor 0   Cellar

            ## Libraries

            | library | rooms | for |
            |---|---|---|
            | Yams | Pantry, house | YAML |

            ## After
            | Other | Cellar | nothing |
            """)

    @Test("Targets with their rooms and libraries")
    func targets() throws {
        #expect(Set(manifest.targets.map(\.name)) == ["Cellar", "Pantry", "house", "PantryTests"])
        let pantry = try #require(manifest.targets.first { $0.name == "Pantry" })
        #expect(pantry.rooms == ["Cellar"])
        #expect(pantry.libraries.map { manifest.products[$0] } == ["Yams"])
        let house = try #require(manifest.targets.first { $0.name == "house" })
        #expect(house.rooms == ["Pantry", "CThing"])
        #expect(house.libraries.map { manifest.products[$0] } == ["ArgumentParser"])
        #expect(manifest.systemLibraries == ["CThing"])
    }

    @Test("Floors and libraries")
    func floors() {
        #expect(design.floors == ["Pantry": 1, "house": 1, "Cellar": 0])
        #expect(design.libraries == ["Yams": ["Pantry", "house"]])
    }

    @Test("A room that rests on its own floor is found")
    func violation() throws {
        #expect(
            try design.violations(in: manifest) == [
                "house (floor 1) may not rest on Pantry (floor 1)"
            ])
    }

    @Test("Imports in every form")
    func importForms() {
        let text = """
            import Yams
            @testable import Plans
            public import Registry
            import struct Chronology.Day
            @_exported public import Markup
            // import Nothing
            let text = "import Nothing either"
            """
        #expect(imports(in: text) == ["Yams", "Plans", "Registry", "Chronology", "Markup"])
    }
}
