import Foundation
import Parameters
import Plans
import Testing

@Suite("The JSON schema of plan files")
struct SchemaTests {
    /// Set RECORD=1 to write the published schema anew.
    @Test("the published schema is the one the reader's description gives")
    func published() throws {
        let schema = try PlanSchema.json(
            known: Examples.known(), texts: Examples.texts())
        let url = Examples.root.appending(path: "plans/plan.schema.json")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try schema.write(to: url, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: url, encoding: .utf8) == schema)
    }

    @Test("it knows every shape, every indicator, and asks for exactly one shape")
    func content() throws {
        let known = try Examples.known()
        let text = try PlanSchema.json(known: known, texts: Examples.texts())
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let properties = try #require(root["properties"] as? [String: [String: Any]])
        let target = try #require(properties["targets"]?["items"] as? [String: Any])
        let fields = try #require(target["properties"] as? [String: [String: Any]])
        for key in TargetShape.Key.allCases { #expect(fields[key.rawValue] != nil, "\(key)") }
        #expect((target["oneOf"] as? [Any])?.count == TargetShape.Key.allCases.count)
        #expect((fields["indicator"]?["enum"] as? [String])?.count == known.entries.count)
        #expect(root["additionalProperties"] as? Bool == false)
        #expect((target["required"] as? [String])?.sorted() == ["goals", "id", "period", "text"])
    }
}
