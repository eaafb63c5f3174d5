import Foundation
@testable import Parameters
import Testing

@Suite("Parameters")
struct ParameterTests {
    @Test("The shipped texts are whole, in both languages and with the same arguments")
    func texts() throws {
        let catalogue = try TextCatalogue.bundled()
        #expect(catalogue.keys.count > 300)
        for key in catalogue.keys {
            let text = try #require(catalogue[key])
            #expect(!text.da.isEmpty && !text.en.isEmpty, "\(key)")
            #expect(arguments(text.da) == arguments(text.en), "\(key)")
        }
    }

    private func arguments(_ text: String) -> Set<Substring> {
        Set(text.matches(of: /\{[a-zA-Z]+\}/).map { $0.output })
    }

    @Test(
        "A file of texts with a fault is refused with its place",
        arguments: [
            "a: {da: x, y, en: z}", "a: {da: x}", "a: {da: x, en: y}\nb: 3", "- a", "a: [",
        ])
    func malformed(yaml: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(yaml.utf8).write(to: folder.appending(path: "t.yaml"))
        #expect(throws: ParameterError.self) { try TextCatalogue(folder: folder) }
    }

    @Test("The mergers of municipalities make up the country before and after")
    func mergers() throws {
        let list = try MunicipalityList.bundled()
        let changes = list.all.compactMap { list.change(of: $0.code) }
        let reform = changes.filter { $0.year == 2007 }
        let unchanged = list.all.count - reform.count
        let before = Set(reform.flatMap { $0.whole + $0.parts }.map(\.code))
        // 271 municipalities until Ærø became one of two in 2006.
        #expect(before.count + unchanged == 270)
        let whole = reform.flatMap { $0.whole.map(\.code) }
        #expect(Set(whole).count == whole.count)
        let divided = Dictionary(grouping: reform.flatMap { $0.parts.map(\.code) }) { $0 }
        #expect(divided.values.allSatisfy { $0.count > 1 })
        #expect(divided.keys.allSatisfy { !whole.contains($0) })

        let hillerød = try #require(list.change(of: 219))
        #expect(hillerød.whole.map(\.name) == ["Hillerød", "Skævinge"])
        #expect(hillerød.parts.map(\.name) == ["Slangerup"])
        #expect(list.former(233)?.into.map(\.name) == ["Hillerød", "Frederikssund"])
        #expect(list.former(named: "Skævinge")?.year == 2007)
        #expect(list.former(219) == nil && list.former(named: "Hillerød") == nil)
        #expect(list.change(of: 163) == nil)
        #expect(list.change(of: 400)?.year == 2003)
    }

    @Test("Arguments are filled in once, and what has none stays")
    func arguments() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let yaml = #"k: {da: "æ {a}, {b} og {a}{", en: "{c}"}"#
        try Data(yaml.utf8).write(to: folder.appending(path: "t.yaml"))
        let catalogue = try TextCatalogue(folder: folder)
        #expect(catalogue.text("k", .da, ["a": "{b}", "b": "ø"]) == "æ {b}, ø og {b}{")
        #expect(catalogue.text("k", .en, ["a": "x"]) == "{c}")
        #expect(catalogue.text("k", .en) == "{c}")
        #expect(catalogue.text("none", .da) == "[none]")
    }

    @Test func municipalities() throws {
        let list = try MunicipalityList.bundled()
        #expect(list.all.count == 98)
        #expect(list[163]?.name == "Herlev")
        #expect(list.named("Hillerød")?.code == 219)
        #expect(list.all.filter { $0.part == 3 }.count == 11)
        #expect(list[411] == nil)
    }
}
