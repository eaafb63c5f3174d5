import Exchange
import Foundation
import Testing

@Suite("Reading ESCO")
struct EscoTests {
    static let occupations = """
        conceptType,conceptUri,iscoGroup,preferredLabel,altLabels
        Occupation,o1,2221,nurse,"registered nurse
        staff nurse, ""RN\"\""
        Occupation,o2,9112,cleaner,

        """
    static let skills = """
        conceptType,conceptUri,skillType,preferredLabel,altLabels
        KnowledgeSkillCompetence,s1,skill/competence,clean floors,mop floors
        KnowledgeSkillCompetence,s2,knowledge,hygiene,
        KnowledgeSkillCompetence,s3,skill/competence,write Danish,
        """
    static let relations = """
        occupationUri,relationType,skillType,skillUri
        o1,essential,knowledge,s2
        o2,optional,knowledge,s2
        o2,essential,skill/competence,s1
        o2,essential,skill/competence,s1
        o2,essential,skill/competence,s9
        """
    static let languages = "conceptType,conceptUri\nKnowledgeSkillCompetence,s3\n"

    static func folder(_ files: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return folder
    }

    static func whole(_ more: [String: String] = [:]) throws -> URL {
        try folder(
            [
                "occupations_en.csv": occupations, "skills_en.csv": skills,
                "occupationSkillRelations.csv": relations,
                "languageSkillsCollection_en.csv": languages, "readme.txt": "x",
            ].merging(more) { $1 })
    }

    @Test("Entries, labels over several lines and relations are read")
    func reads() throws {
        let folder = try Self.whole([
            "labels_da.tsv":
                "uri\tposition\tlabel\no1\t1\tsygeplejer\no1\t0\tsygeplejerske\nx\t0\ty\n"
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        let taxonomy = try EscoReader.read(folder: folder)
        #expect(
            taxonomy.entries.map(\.kind) == [
                .occupation, .occupation, .skill, .knowledge, .language,
            ])
        #expect(taxonomy.entries.map(\.isco) == ["2221", "9112", "", "", ""])
        let nurse = taxonomy.labels.filter { $0.id == "o1" }
        #expect(
            nurse.map(\.text) == [
                "nurse", "registered nurse", "staff nurse, \"RN\"", "sygeplejerske", "sygeplejer",
            ])
        #expect(nurse.map(\.position) == [0, 1, 2, 0, 1])
        #expect(taxonomy.languages == ["da", "en"])
        #expect(taxonomy.relations.count == 3 && taxonomy.skipped == 2)
    }

    @Test(
        "What is wrong is told with its file",
        arguments: [
            ("occupations_en.csv", "conceptUri,iscoGroup,preferredLabel,altLabels\no1,x,nurse,\n"),
            ("skills_en.csv", "conceptUri,preferredLabel\ns1,x\n"),
            ("occupationSkillRelations.csv", "occupationUri,relationType,skillUri\no1,some,s1\n"),
            (
                "occupations_en.csv",
                "conceptUri,iscoGroup,preferredLabel,altLabels\no1,2221,\"nurse\n"
            ),
            ("labels_da.tsv", "uri\tposition\tlabel\no1\tfirst\tsygeplejerske\n"),
            ("skills_en.csv", ""),
        ])
    func problems(name: String, text: String) throws {
        let folder = try Self.whole([name: text])
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try EscoReader.read(folder: folder)
            Issue.record("no problem was found")
        } catch EscoError.problems(let file, let problems) {
            #expect(file == name && !problems.isEmpty)
        }
    }

    @Test("A missing file and a damaged one are told apart")
    func files() throws {
        let empty = try Self.folder([:])
        let damaged = try Self.folder([
            "occupations_en.csv.gz": "no gzip", "skills_en.csv": Self.skills,
        ])
        defer {
            for folder in [empty, damaged] { try? FileManager.default.removeItem(at: folder) }
        }
        do {
            _ = try EscoReader.read(folder: empty)
            Issue.record("nothing was missed")
        } catch EscoError.missing(let file) { #expect(file == "occupations_en.csv") }
        do {
            _ = try EscoReader.read(folder: damaged)
            Issue.record("nothing was damaged")
        } catch EscoError.damaged(let file) { #expect(file == "occupations_en.csv.gz") }
    }

    @Test("The whole of ESCO is read, packed as it is")
    func official() throws {
        guard shared("data/esco/labels_da.tsv") != nil else {
            print("skipped 1 case: the files of ESCO are absent")
            return
        }
        let folder = sharedFolder("data/esco")
        let taxonomy = try EscoReader.read(folder: folder)
        #expect(taxonomy.occupationCount == 3007 && taxonomy.skillCount == 13_896)
        #expect(taxonomy.relations.count == 123_788)
        let nurse = taxonomy.labels.filter { $0.text == "sygeplejerske" && $0.language == "da" }
        #expect(!nurse.isEmpty)
    }
}
