import Exchange
import Foundation
import Testing

@Suite("CVs as JSON Resume")
struct ResumeTests {
    private static var folder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "../shared/data/jsonresume")
    }

    private static var isThere: Bool {
        FileManager.default.fileExists(atPath: folder.path)
    }

    private func problems(_ text: String) -> [String] {
        do throws(ResumeProblems) {
            _ = try Resume(Array(text.utf8))
            return []
        } catch { return error.all.map { "\($0.place):\($0.kind)" } }
    }

    @Test(
        "It says of every official case what the schema says",
        .enabled(if: isThere, "the official cases are not here: 15 files"))
    func official() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appending(path: "testcases"), includingPropertiesForKeys: nil)
        var count = 0
        for file in files where file.pathExtension == "json" {
            let cases = try #require(
                try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
            for (name, value) in cases {
                // The cases of dates alone are put where a date stands.
                let isDate = file.lastPathComponent == "dates.json"
                let data = try JSONSerialization.data(
                    withJSONObject: isDate ? ["work": [["startDate": value]]] : value,
                    options: .fragmentsAllowed)
                let found = problems(String(decoding: data, as: UTF8.self))
                let isValid = !name.lowercased().contains("invalid")
                #expect(found.isEmpty == isValid, "\(file.lastPathComponent) \(name): \(found)")
                count += 1
            }
        }
        #expect(count >= 190)
    }

    @Test("The official sample comes out as it went in", .enabled(if: isThere, "no sample here"))
    func sample() throws {
        let bytes = [UInt8](
            try Data(contentsOf: Self.folder.appending(path: "sample.resume.json")))
        let resume = try Resume(bytes)
        func plain(_ bytes: [UInt8]) throws -> NSDictionary {
            try #require(
                try JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary)
        }
        try #expect(plain(bytes) == plain(resume.file))
        try #expect(Resume(resume.file) == resume)
        #expect(!resume.entries(.work).isEmpty && !resume.words.isEmpty)
    }

    @Test("What is wrong is told with its place")
    func wrong() {
        #expect(problems("[]") == [":noResume"])
        #expect(problems("{") == [":noResume"])
        #expect(
            problems(#"{"work":[{"startDate":"i går"},{"position":7}],"basics":{"email":"x"}}"#)
                == ["basics.email:notMail", "work.1.startDate:notDate", "work.2.position:notText"])
        #expect(problems(#"{"work":{}}"#) == ["work:notList"])
        #expect(
            problems("{\"summary\":\"" + String(repeating: "æ", count: 100_000) + "\"}")
                == [":tooLarge"])
        // Keys of one's own are kept.
        #expect(problems(#"{"x":1,"work":[{"y":true}]}"#).isEmpty)
    }

    @Test("An entry is added, changed and taken out, and the rest stays as it was")
    func entries() throws {
        var resume = try Resume(
            Array(#"{"own":[1,2.5],"work":[{"name":"A","url":"https://a.dk","x":true}]}"#.utf8))
        try resume.set(.work, at: 0, ["position": "Chauffør", "name": "B", "startDate": "2019-04"])
        try resume.set(.languages, at: nil, ["language": "ukrainsk"])
        #expect(
            resume.document
                == #"{"languages":[{"language":"ukrainsk"}],"own":[1,2.5],"work":[{"name":"B","position":"Chauffør","startDate":"2019-04","url":"https://a.dk","x":true}]}"#
        )
        let before = resume
        #expect(throws: ResumeProblems.self) {
            try resume.set(.work, at: nil, ["name": "uden job"])
        }
        #expect(throws: ResumeProblems.self) {
            try resume.set(.work, at: 0, ["position": "x", "startDate": "april"])
        }
        #expect(resume == before)
        resume.remove(.work, at: 0)
        resume.remove(.work, at: 0)
        resume.setBasics(label: "Chauffør", summary: "")
        #expect(
            resume.document
                == #"{"basics":{"label":"Chauffør"},"languages":[{"language":"ukrainsk"}],"own":[1,2.5]}"#
        )
    }
}
