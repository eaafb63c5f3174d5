import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Testing

/// Ane and nine others of one caseworker, on unemployment benefit since January.
private struct Office {
    static let herlev = MunicipalityCode(number: 163)
    static let today = Day(iso: "2024-09-16")!
    static let ane = CitizenID(1)
    static let purpose = Purpose("Sagsbehandling")!
    static let kim = Actor(name: "Kim", role: .caseworker, municipality: herlev, staff: FactID(1))
    static let leader = Actor(name: "Lis", role: .manager, municipality: herlev)

    let house: House

    init() async throws {
        house = House(
            engine: try await UseCaseEngine.migrated(), clock: .stopped(at: Self.today),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
        let start = Day(iso: "2024-01-08")!
        var facts: [Fact] = (1...2).map {
            .staffMember(
                StaffMember(
                    id: FactID($0), name: $0 == 1 ? "Kim" : "Bo", team: "Ledige", start: start,
                    end: nil))
        }
        for number in Int64(1)...10 {
            let citizen = CitizenID(number)
            facts += [
                .citizen(
                    Citizen(
                        id: citizen, cpr: try Self.cpr(number),
                        givenName: number == 1 ? "Ane" : "Person \(number)",
                        familyName: "Prøve", sex: .female, born: Day(iso: "1980-01-01")!,
                        origin: .danish)),
                .residence(
                    Residence(
                        id: FactID(number), citizen: citizen, start: Day(iso: "1990-01-01")!,
                        end: nil)),
                .targetGroup(
                    TargetGroupPeriod(
                        id: FactID(number), citizen: citizen, group: .group1, start: start,
                        end: nil)),
                .assignment(
                    Assignment(
                        id: FactID(number), citizen: citizen, staff: FactID(1), start: start,
                        end: nil)),
            ]
        }
        try await register(facts)
    }

    /// Test numbers have 60 added to the day.
    private static func cpr(_ number: Int64) throws -> CPR {
        try CPR("61018010" + (number < 10 ? "0\(number)" : "\(number)"))
    }

    func register(_ facts: [Fact]) async throws {
        _ = try await RegisterCase(house).register(
            facts, in: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev), purpose: Self.purpose)
    }

    func notes(_ kind: FactKind, of citizen: CitizenID = ane) async throws -> [RegistrationNote] {
        try await house.engine.read {
            try StoreReader($0).registrations(about: citizen, of: Self.herlev, kinds: [kind])
        }
    }

    func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems {
            return found.all.map { "\($0.field):\($0.key)" }
        }
    }
}

@Suite("Messages, files, feedback and letters to many")
struct CorrespondenceCaseTests {
    private let purpose = Office.purpose

    @Test("what comes in stands on the day until it is answered or done with")
    func messages() async throws {
        let office = try await Office()
        let messages = MessageCase(office.house)
        func register(_ message: NewMessage) async throws {
            _ = try await messages.register(
                message, about: Office.ane, in: Office.herlev, by: Office.kim, purpose: purpose)
        }
        func inbox() async throws -> [WorkDay.Incoming.Kind] {
            try await DayCase(office.house).day(
                of: [FactID(1)], DueFilter(), in: Office.herlev, by: Office.kim, purpose: purpose
            ).inbox.map(\.kind)
        }
        var message = NewMessage(day: Office.today, from: .citizen, to: .municipality)
        #expect(
            try await office.problems { try await register(message) }
                == ["subject:empty", "text:empty"])
        message.subject = "Syg"
        message.text = "Jeg kan ikke komme"
        var wrong = message
        wrong.recipient = .employer
        #expect(
            try await office.problems { try await register(wrong) }
                == ["recipient:messageEnds"])
        wrong.sender = .municipality
        #expect(try await office.problems { try await register(wrong) } == ["counterpart:empty"])
        wrong = message
        wrong.day = Office.today + 1
        #expect(try await office.problems { try await register(wrong) } == ["day:actInFuture"])
        wrong.day = Day(iso: "1989-12-31")!
        #expect(try await office.problems { try await register(wrong) } == ["day:notResident"])
        wrong = message
        wrong.text = String(repeating: "a", count: MessageCase.longest + 1)
        #expect(try await office.problems { try await register(wrong) } == ["text:tooLong"])
        #expect(try await office.notes(.message).isEmpty)

        try await register(message)
        #expect(try await inbox() == [.message(.citizen, subject: "Syg")])
        var answer = NewMessage(day: Office.today, from: .municipality, to: .citizen)
        answer.subject = "Svar: Syg"
        answer.text = "God bedring"
        answer.replyTo = FactID(9)
        #expect(try await office.problems { try await register(answer) } == ["replyTo:choice"])
        answer.replyTo = FactID(1)
        try await register(answer)
        #expect(try await inbox().isEmpty)

        message.sender = .employer
        message.counterpart = "Møller"
        try await register(message)
        #expect(try await inbox() == [.message(.employer, subject: "Syg")])
        func done() async throws {
            _ = try await messages.done(
                FactID(3), of: Office.ane, in: Office.herlev, by: Office.kim, purpose: purpose)
        }
        try await done()
        #expect(try await inbox().isEmpty)
        #expect(try await office.problems(done) == ["message:handledAlready"])
    }

    @Test("a file is kept whole, and none that is not what it says")
    func documents() async throws {
        let office = try await Office()
        let documents = DocumentCase(office.house)
        func keep(_ name: String, _ content: [UInt8], _ title: String = "Attest") async throws {
            _ = try await documents.keep(
                UploadedFile(name: name, content: content), titled: title, from: .citizen,
                on: Office.today, for: Office.ane, in: Office.herlev, by: Office.kim,
                purpose: purpose)
        }
        func wrong(_ name: String, _ content: [UInt8]) async throws -> [String] {
            try await office.problems { try await keep(name, content) }
        }
        let pdf = Array("%PDF-1.7 æ".utf8) + [0, 255]
        #expect(try await wrong("", []) == ["file:fileMissing"])
        #expect(try await wrong("a.pdf", []) == ["file:fileMissing"])
        #expect(try await wrong("a.exe", pdf) == ["file:fileKind"])
        #expect(try await wrong("a.pdf", Array("MZ".utf8)) == ["file:fileKind"])
        #expect(try await wrong("a.png", pdf) == ["file:fileKind"])
        #expect(try await wrong("a.txt", [0xFF, 0xFE]) == ["file:fileKind"])
        let room = DocumentCase.largest - 5
        let huge = Array("%PDF-".utf8) + [UInt8](repeating: 7, count: room + 1)
        #expect(try await wrong("a.pdf", huge) == ["file:fileTooLarge"])
        #expect(
            try await office.problems { try await keep("a.pdf", pdf, "") } == ["title:empty"])
        #expect(try await office.notes(.document).isEmpty)

        try await keep("C:\\mappe\\attest.PDF", pdf)
        #expect(try await wrong("b.pdf", pdf) == ["file:fileAlready"])
        let kept = try await office.notes(.document)
        let note = try #require(kept.first)
        guard case .document(let document) = note.fact else { return }
        #expect(document.fileName == "attest.PDF")
        #expect(document.media == .pdf)
        #expect(document.size == pdf.count)
        let found = try await documents.content(
            of: document.id, about: Office.ane, in: Office.herlev, by: Office.kim,
            purpose: purpose)
        #expect(found?.content == pdf)
        // Not under another citizen's number, and not without a purpose.
        let other = try await documents.content(
            of: document.id, about: CitizenID(2), in: Office.herlev, by: Office.kim,
            purpose: purpose)
        #expect(other == nil)
        await #expect(throws: Refusal.purposeMissing) {
            try await documents.content(
                of: document.id, about: Office.ane, in: Office.herlev, by: Office.kim,
                purpose: nil)
        }
    }

    @Test("a conversation is answered once, with its key, within 30 days")
    func feedback() async throws {
        let office = try await Office()
        let feedback = FeedbackCase(office.house)
        func hold(_ day: Day) async throws -> String {
            let receipt = try await ConversationCase(office.house).hold(
                HeldConversation(day: day, kind: .job, form: .phone), with: Office.ane,
                in: Office.herlev, by: Office.kim, purpose: purpose)
            let notes = try await office.notes(.conversation)
            return notes.first { $0.number == receipt.number }.map { FeedbackCase.key(of: $0) }
                ?? ""
        }
        func answer(_ key: String, _ overall: Int = 9, words: String = "") async throws {
            _ = try await feedback.answer(
                key, FeedbackAnswers(heard: 8, topics: 0, method: 10, overall: overall),
                words: words, subject: "Efter samtalen", in: Office.herlev)
        }
        let key = try await hold(Office.today)
        #expect(try await feedback.question(key + "0", in: Office.herlev) == nil)
        #expect(try await feedback.question("7", in: Office.herlev) == nil)
        #expect(try await office.problems { try await answer(key, 11) } == ["overall:scale"])
        #expect(
            try await office.problems { try await answer("7-0") } == ["heard:feedbackClosed"])
        try await answer(key)
        #expect(try await feedback.question(key, in: Office.herlev) == .answered)
        #expect(try await office.problems { try await answer(key) } == ["heard:feedbackClosed"])
        let answers = try await office.notes(.feedback)
        let note = try #require(answers.first)
        #expect(note.actor == "borgeren")
        guard case .feedback(let given) = note.fact else { return }
        #expect(given.conversation == FactID(1))
        #expect([given.heard, given.topics, given.method, given.overall] == [8, 0, 10, 9])

        let old = try await hold(Office.today - 31)
        #expect(try await feedback.question(old, in: Office.herlev) == .closed)
        let last = try await hold(Office.today - 30)
        // What is too long leaves nothing behind; else it waits for an answer, as a message does.
        #expect(
            try await office.problems {
                try await answer(last, words: String(repeating: "x", count: 20_001))
            } == ["words:tooLong"])
        #expect(try await office.notes(.feedback).count == 1)
        #expect(try await office.notes(.message).isEmpty)
        try await answer(last, words: "Jeg ville gerne have talt om skolen")
        guard case .message(let message)? = try await office.notes(.message).first?.fact else {
            Issue.record("the words are no message")
            return
        }
        #expect(message.text == "Jeg ville gerne have talt om skolen" && message.waits)
        #expect(message.sender == .citizen && message.conversation != nil)
    }

    @Test("a letter to many is tried, approved by another on a sample, and sent as it was tried")
    func mailing() async throws {
        let office = try await Office()
        let mailings = MailingCase(office.house)
        var letter = NewMailing()
        func attempt(_ again: FactID? = nil) async throws -> FactID {
            let (id, _) = try await mailings.attempt(
                letter, again: again, in: Office.herlev, by: Office.kim, purpose: purpose)
            return id
        }
        func wrong() async throws -> [String] {
            try await office.problems { _ = try await attempt() }
        }
        #expect(try await wrong() == ["subject:empty", "text:empty"])
        letter.subject = "Jobmesse"
        letter.text = "Kære {navm}"
        #expect(try await wrong() == ["text:unknownPlace"])
        letter.text = "Kære {fornavn}, {navn}"
        letter.group = "group2"
        #expect(try await wrong() == ["group:nobody"])
        letter.group = "group1"
        letter.team = "Ingen"
        #expect(try await wrong() == ["group:nobody"])
        letter.team = "Ledige"
        let id = try await attempt()
        func file(all: Bool = false) async throws -> MailingFile? {
            try await mailings.letter(
                id, withAll: all, in: Office.herlev, by: Office.kim, purpose: purpose)
        }
        let first = try await file()
        let tried = try #require(first)
        #expect(tried.mailing.recipients == 10)
        #expect(tried.letters.count == 5)
        // The same letter to the same people gives the same sample.
        #expect(try await file()?.mailing.sample == tried.mailing.sample)

        func send() async throws {
            _ = try await mailings.send(id, in: Office.herlev, by: Office.kim, purpose: purpose)
        }
        func approve(_ actor: Actor, _ read: [CitizenID]) async throws {
            _ = try await mailings.approve(
                id, read: Set(read), in: Office.herlev, by: actor, purpose: purpose)
        }
        let sample = tried.mailing.sample
        #expect(try await office.problems(send) == ["send:notApproved"])
        await #expect(throws: Refusal.roleMayNotApprove) { try await approve(Office.kim, sample) }
        let namesake = Actor(name: "Kim", role: .manager, municipality: Office.herlev)
        #expect(
            try await office.problems { try await approve(namesake, sample) }
                == ["read:ownLetter"])
        #expect(
            try await office.problems {
                try await approve(Office.leader, Array(sample.dropLast()))
            } == ["read:notAllRead"])
        try await approve(Office.leader, sample)
        #expect(
            try await office.problems { try await approve(Office.leader, sample) }
                == ["read:approvedAlready"])

        // One leaves the group meanwhile: nobody gets anything before it is tried again.
        try await office.register([
            .targetGroup(
                TargetGroupPeriod(
                    id: FactID(10), citizen: CitizenID(10), group: .group1,
                    start: Day(iso: "2024-01-08")!, end: Office.today - 1))
        ])
        #expect(try await office.problems(send) == ["send:recipientsChanged"])
        #expect(try await office.notes(.message).isEmpty)
        _ = try await attempt(id)
        #expect(try await office.problems(send) == ["send:notApproved"])
        try await approve(Office.leader, try await file()?.mailing.sample ?? [])
        try await send()
        #expect(try await office.problems(send) == ["send:sentAlready"])
        #expect(
            try await office.problems { _ = try await attempt(id) } == ["send:sentAlready"])
        let sent = try await file(all: true)
        #expect(sent?.letters.count == 9)
        for citizen in Int64(1)...10 {
            let got = try await office.notes(.message, of: CitizenID(citizen))
            #expect(got.count == (citizen == 10 ? 0 : 1))
        }
        guard case .message(let message)? = try await office.notes(.message).first?.fact else {
            Issue.record("no message")
            return
        }
        #expect(message.text == "Kære Ane, Ane Prøve")
        #expect(message.mailing == id)
        let broken = try await office.house.engine.read {
            try LedgerAuditor($0).verify(Office.herlev).broken
        }
        #expect(broken == nil)
    }

    @Test("many get another caseworker together, or none of them")
    func many() async throws {
        let office = try await Office()
        let staff = StaffCase(office.house)
        func move(_ citizens: [Int64], to: Int64 = 2) async throws {
            _ = try await staff.handOver(
                many: citizens.map { CitizenID($0) }, from: FactID(1), to: FactID(to),
                note: "Kim går på orlov", in: Office.herlev, by: Office.leader, purpose: purpose)
        }
        func own(_ member: Int64) async throws -> [Int64] {
            try await staff.citizens(
                of: FactID(member), in: Office.herlev, by: Office.leader, purpose: purpose
            ).citizens.map(\.id.number).sorted()
        }
        #expect(try await office.problems { try await move([]) } == ["note:nobodyChosen"])
        #expect(
            try await office.problems { try await move([1], to: 9) } == ["staff:notEmployed"])
        try await move([1, 2, 3])
        #expect(try await own(2) == [1, 2, 3])
        #expect(try await own(1) == Array(Int64(4)...10))
        // 3 is not Kim's any more, so 4 stays too.
        #expect(
            try await office.problems { try await move([4, 3]) } == ["note:notTheirCitizen"])
        #expect(try await own(2) == [1, 2, 3])
        #expect(try await office.notes(.planItem).count == 1)
        // One who has left still has citizens, and they can be moved.
        try await office.register([
            .staffMember(
                StaffMember(
                    id: FactID(1), name: "Kim", team: "Ledige", start: Day(iso: "2024-01-08")!,
                    end: Office.today - 1))
        ])
        #expect(try await staff.staff(of: Office.herlev).map(\.name) == ["Bo"])
        #expect(try await staff.withCitizens(in: Office.herlev).map(\.name) == ["Kim", "Bo"])
        try await move([4, 5, 6, 7, 8, 9, 10])
        #expect(try await staff.withCitizens(in: Office.herlev).map(\.name) == ["Bo"])
    }
}
