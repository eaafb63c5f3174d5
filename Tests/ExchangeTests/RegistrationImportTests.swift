import Chronology
import Exchange
import Identifiers
import Parameters
import Registry
import Testing

@Suite("Import of registrations")
struct RegistrationImportTests {
    let texts: TextCatalogue
    let importer: RegistrationImport
    let context: RegistrationImport.Context

    init() throws {
        texts = try TextCatalogue.bundled()
        importer = RegistrationImport(
            municipalities: try MunicipalityList.bundled(), catalogue: texts)
        context = RegistrationImport.Context(
            municipality: MunicipalityCode(number: 163),
            recordedOn: try #require(Day(iso: "2024-06-30")), firstID: FactID(500))
    }

    private func known(_ cpr: CPR) -> CitizenID? {
        ["6101901234": CitizenID(1), "7203852341": CitizenID(2)][cpr.unmasked]
    }

    @Test("A sound file becomes registrations")
    func sound() throws {
        let registrations = try importer.benefitSpells(
            example("spells-good.csv"), context, citizen: known)
        let spells = registrations.compactMap { registration -> BenefitSpell? in
            guard case .benefitSpell(let spell) = registration.fact else { return nil }
            return spell
        }
        #expect(spells.map(\.id.number) == [500, 501, 502, 503])
        #expect(spells.map(\.citizen.number) == [1, 1, 1, 2])
        #expect(
            spells.map(\.benefit)
                == [.cashBenefit, .cashBenefit, .sicknessBenefit, .unemploymentBenefit])
        #expect(spells.map { $0.start.iso }.first == "2024-01-01")
        #expect(spells.map { $0.end?.iso } == ["2024-02-14", nil, "2024-02-01", nil])
        #expect(spells.map(\.degree.minutes) == [2_220, 2_220, 833, 1_110])
        #expect(registrations.map(\.municipality.number) == [163, 163, 163, 163])
        #expect(registrations.allSatisfy { $0.recordedOn == context.recordedOn })
    }

    @Test("An unsound file gives every problem and nothing else")
    func unsound() throws {
        let found = try problems {
            _ = try importer.benefitSpells(example("spells-bad.csv"), context, citizen: known)
        }
        let expected = try CSVReader.rows(example("spells-bad-expected.csv")).rows
        #expect(outline(found) == expected.map { $0.fields.joined(separator: ",") })
        let code = try #require(found.listed.first { $0.kind == .unknownCode })
        #expect(code.accepted.count == Benefit.allCases.count)
        #expect(code.accepted.contains("kontanthjælp"))
    }

    @Test("No message holds a whole CPR number", arguments: Language.allCases)
    func masked(language: Language) throws {
        let found = try problems {
            _ = try importer.benefitSpells(example("spells-bad.csv"), context, citizen: known)
        }
        let messages = found.lines(texts, language).joined(separator: "\n")
        for secret in ["9876", "5555", "1234", "2341"] { #expect(!messages.contains(secret)) }
        #expect(messages.contains("650570-xxxx"))
        #expect(!messages.contains("[exchange"))
    }

    @Test("A file without a header shows no CPR number either")
    func headerless() throws {
        let row = "610190-1234;kontanthjælp;2024-01-01;;100;Herlev\n"
        let found = try problems {
            _ = try importer.benefitSpells(bytes(row + "\"" + row), context, citizen: known)
        }
        #expect(found.listed.map(\.kind).contains(.missingColumn))
        let quote = try problems { _ = try CSVReader.rows(bytes(row + "6\"" + row)) }
        #expect(outline(quote) == ["2,1,strayQuote"])
        let messages = (found.lines(texts, .da) + quote.lines(texts, .da)).joined()
        #expect(!messages.contains("1234"))
    }

    @Test("The rejected rows can be corrected and sent again")
    func rejectedRows() throws {
        let found = try problems {
            _ = try importer.benefitSpells(example("spells-bad.csv"), context, citizen: known)
        }
        let file = String(decoding: found.rejectedRows(texts, .da), as: UTF8.self)
        let lines = file.split(separator: "\r\n")
        #expect(lines.first == "række;årsag;cpr;ydelse;fra;til;grad;kommune")
        #expect(lines.count == 13)
        #expect(lines[1].hasPrefix("3;Række 3: Perioden 2024-01-31–"))
        #expect(lines[1].hasSuffix(";610190-1234;kontanthjælp;31.01.2024;;100;Herlev"))
    }

    @Test("Conversations: repeated rows and unknown codes")
    func conversations() throws {
        let file = try example("conversations-bad.csv")
        let found = try problems {
            _ = try importer.conversations(file, context, citizen: known)
        }
        #expect(
            outline(found) == [
                "3,,duplicateRow", "4,3,unknownCode", "5,4,unknownCode", "6,5,unknownCode",
            ])
        #expect(found.listed[2].accepted == ["fysisk", "telefon", "video"])
        let sound = Array(file.split(separator: 10).prefix(2).joined(separator: [10]))
        let registrations = try importer.conversations(sound, context, citizen: known)
        let day = try #require(Day(iso: "2024-01-10"))
        #expect(
            registrations.map(\.fact) == [
                .conversation(
                    Conversation(
                        id: FactID(500), citizen: CitizenID(1), day: day, kind: .job,
                        form: .physical, status: .held))
            ])
    }

    @Test("Spells that overlap are found whatever their order", arguments: 0..<100)
    func overlaps(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let base = try #require(Day(iso: "2024-01-01"))
        let spells = (0..<6).map { _ in
            let start = Int.random(in: 0...60, using: &random)
            return (start, start + Int.random(in: 0...12, using: &random))
        }
        let file =
            "cpr;ydelse;fra;til\n"
            + spells.map { "610190-1234;kontanthjælp;\(base + $0.0);\(base + $0.1)\n" }.joined()
        var taken: Set<Int> = []
        var overlapping = false
        for (start, end) in spells {
            for day in start...end { overlapping = !taken.insert(day).inserted || overlapping }
        }
        let accepted = (try? importer.benefitSpells(bytes(file), context, citizen: known)) != nil
        #expect(accepted == !overlapping)
    }

    @Test("Every kind of problem has its words in both languages")
    func words() {
        for kind in ImportProblem.Kind.allCases {
            let problem = ImportProblem(
                kind, row: 7, column: ImportProblem.Column(number: 2, name: "ydelse"),
                found: "fundet", accepted: ["godt"], otherRow: 3)
            for language in Language.allCases {
                let text = problem.text(texts, language)
                #expect(!text.contains("["))
                #expect(!text.contains("{"))
                #expect(text.contains("7") && text.contains("ydelse"))
            }
        }
        for benefit in Benefit.allCases {
            #expect(texts.has("exchange.benefit.\(benefit.rawValue)"))
        }
    }

    @Test(
        "Anything like a CPR number is masked wherever it stands",
        arguments: [
            ("6101901234", "610190xxxx"), ("610190-1234", "610190-xxxx"),
            ("101901234", "101901xxx"), ("Jens 610190 1234", "???? 610190 xxxx"),
            ("31.01.2024", "31.01.2024"), ("kaffe", "kaffe"),
        ])
    func masking(text: String, shown: String) {
        #expect(ImportProblem(.date, found: text).found == shown)
    }
}

@Suite("Any bytes at all")
struct FuzzTests {
    let municipalities: MunicipalityList
    let importer: RegistrationImport

    init() throws {
        municipalities = try MunicipalityList.bundled()
        importer = RegistrationImport(
            municipalities: municipalities, catalogue: try TextCatalogue.bundled())
    }

    @Test("No reader falls over")
    func anyBytes() throws {
        for seed in 0..<500 { try read(seed: seed) }
    }

    private func read(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 77)
        let names = [
            "spells-good.csv", "conversations-bad.csv", "published-small.csv", "jobindsats.json",
        ]
        var file = CSVReaderTests.randomFile(&random)
        if let name = names.randomElement(using: &random), seed % 3 != 0 {
            file = try example(name)
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<file.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: file[place] = UInt8.random(in: 0...255, using: &random)
                case 1: file.remove(at: place)
                default: file.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
        }
        let context = RegistrationImport.Context(
            municipality: MunicipalityCode(number: 163), recordedOn: Day(number: 19_000),
            firstID: FactID(1))
        try check { try importer.benefitSpells(file, context) { _ in CitizenID(1) }.count }
        try check { try importer.conversations(file, context) { _ in CitizenID(1) }.count }
        try check { try PublishedCSV(municipalities: municipalities).read(file).read }
        try check {
            try JobindsatsReader(municipalities: municipalities).read(
                file,
                table: JobindsatsReader.Table(
                    id: "t", members: ["Ydelsesgrupper": "Ydelser i alt"])
            ).read
        }
        let converted = CSVFormat(encoding: .latin1)
        try check { try CSVReader.rows(file, converted).rows.count }
    }

    /// Either a result or a list of problems that is not empty.
    private func check(_ read: () throws -> Int) throws {
        do {
            #expect(try read() >= 0)
        } catch let problems as ImportProblems {
            #expect(!problems.listed.isEmpty)
            #expect(problems.total >= problems.listed.count)
        }
    }
}
