import Chronology
import Exchange
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Testing

@Suite("The citizen's own hand in the case")
struct OwnCaseTests {
    static let code = MunicipalityCode(number: 163)
    /// A Monday.
    static let today = Day(iso: "2025-06-16")!
    let purpose = Purpose("Sagsbehandling")!
    let ane = CitizenID(1)
    let bo = CitizenID(2)

    private func me(_ id: CitizenID) -> Actor {
        Actor(name: "Ane Prøve", role: .citizen, municipality: Self.code, citizen: id)
    }

    private func staff(_ role: Role = .caseworker) -> Actor {
        Actor(name: "Ida", role: role, municipality: Self.code)
    }

    /// Two citizens with one caseworker; the first has had a conversation, and has one planned.
    private func house(
        _ more: [Fact] = [], minute: Int64 = 720
    ) async throws -> House {
        let engine = try await UseCaseEngine.migrated()
        let today = Self.today
        let house = House(
            engine: engine,
            clock: Clock(
                // In June Danish time is two hours ahead.
                now: { Int64(today.number) * 86_400 + (minute - 120) * 60 }, today: { today }),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
        var facts: [Fact] = [
            .staffMember(
                StaffMember(
                    id: FactID(7), name: "Ida Hansen", team: "Job", start: today - 900, end: nil))
        ]
        for (place, id) in [ane, bo].enumerated() {
            facts += [
                .citizen(
                    Citizen(
                        id: id, cpr: try CPR("61019010\(place)2"), givenName: "Ane",
                        familyName: "Prøve", sex: .female, born: Day(iso: "1990-01-01")!,
                        origin: .danish)),
                .residence(
                    Residence(
                        id: FactID(Int64(place) + 1), citizen: id, start: today - 900, end: nil)),
                .assignment(
                    Assignment(
                        id: FactID(Int64(place) + 1), citizen: id, staff: FactID(7),
                        start: today - 100, end: nil)),
            ]
        }
        facts += [
            .conversation(
                Conversation(
                    id: FactID(1), citizen: ane, day: today - 30, kind: .job, form: .physical,
                    status: .held)),
            .conversation(
                Conversation(
                    id: FactID(2), citizen: ane, day: today + 2, kind: .job, form: .physical,
                    status: .planned)),
            .conversationNote(
                ConversationNote(
                    id: FactID(2), citizen: ane, staff: FactID(7), begins: 600, place: "Lokale 4")
            ),
        ]
        _ = try await RegisterCase(house).register(
            facts + more, in: Self.code, by: staff(), purpose: purpose)
        return house
    }

    private func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems { return found.all.map { "\($0.field):\($0.key)" } }
    }

    private func talks(_ id: CitizenID, _ house: House) async throws -> [Conversation] {
        try await OwnCase(house).file(in: Self.code, by: me(id)).registrations.compactMap {
            guard case .conversation(let talk) = $0.fact else { return nil }
            return talk
        }.sorted { $0.id < $1.id }
    }

    private func messages(_ id: CitizenID, _ house: House) async throws -> [Message] {
        try await OwnCase(house).file(in: Self.code, by: me(id)).registrations.compactMap {
            guard case .message(let message) = $0.fact else { return nil }
            return message
        }
    }

    @Test("Nobody but the citizen is let in, and a citizen reaches nothing of the staff's")
    func door() async throws {
        let house = try await house()
        let own = OwnCase(house)
        let file = try await own.file(in: Self.code, by: me(ane))
        #expect(file.citizen.id == ane)
        #expect(file.registrations.allSatisfy { $0.fact.citizenID == ane })
        for actor in [
            staff(), staff(.manager), staff(.administrator), .outsider(Self.code),
            Actor(name: "x", role: .citizen, municipality: Self.code),
            Actor(name: "x", role: .manager, municipality: Self.code, citizen: ane),
            Actor(
                name: "x", role: .citizen, municipality: MunicipalityCode(number: 219),
                citizen: ane),
        ] {
            await #expect(throws: Refusal.self) { try await own.file(in: Self.code, by: actor) }
            await #expect(throws: Refusal.self) {
                try await own.send("a", "b", in: Self.code, by: actor)
            }
        }
        await #expect(throws: Refusal.self) {
            try await CitizenCase(house).file(
                of: bo, in: Self.code, by: me(ane), purpose: purpose)
        }
        await #expect(throws: Refusal.self) {
            try await MyPlanCase(house).add(
                .jobGoal, "x", by: .citizen, stance: .agreed, due: nil, to: bo, in: Self.code,
                by: me(ane), purpose: purpose, asking: .registerOwn(bo))
        }
    }

    @Test("A message waits with the caseworker, and an answer is promised in working days")
    func message() async throws {
        let house = try await house()
        let receipt = try await OwnCase(house).send(
            "Ferie", "Jeg vil gerne holde ferie", in: Self.code, by: me(ane))
        #expect(receipt.number > 0)
        let waiting = try await messages(ane, house)
        #expect(waiting.map(\.subject) == ["Ferie"] && waiting[0].waits)
        try await #expect(
            problems { _ = try await OwnCase(house).send("", " ", in: Self.code, by: me(ane)) }
                .contains("subject:empty"))
        #expect(MessageCase.promised(Self.today) == Self.today + 7)
        // Over a weekend, and over Whit Monday.
        #expect(MessageCase.promised(Day(iso: "2025-06-05")!) == Day(iso: "2025-06-13")!)
        let ledger = try await OwnCase(house).file(in: Self.code, by: me(ane)).registrations
        #expect(ledger.first { $0.number == receipt.number }?.actor == "borgeren")
    }

    @Test("The citizen proposes, agrees and disagrees; disagreement reaches the caseworker")
    func plan() async throws {
        let item = PlanItem(
            id: FactID(9), citizen: ane, part: .offer, text: "Praktik på lager",
            author: .caseworker, stance: .proposed, stanceBy: .caseworker,
            stanceOn: Self.today - 1, added: Self.today - 1)
        let house = try await house([.planItem(item)])
        let own = OwnCase(house)
        _ = try await own.propose(
            .jobGoal, "Jeg vil køre truck", due: Self.today + 60, in: Self.code, by: me(ane))
        func lines() async throws -> [(PlanItem, Int64)] {
            try await own.file(in: Self.code, by: me(ane)).registrations.compactMap {
                guard case .planItem(let item) = $0.fact else { return nil }
                return (item, $0.number)
            }
        }
        let mine = try #require(try await lines().first { $0.0.author == .citizen })
        #expect(mine.0.stance == .proposed && mine.0.stanceBy == .citizen)
        let theirs = try #require(try await lines().first { $0.0.id == FactID(9) })
        func answer(
            _ stance: PlanStance, _ words: String, expected: Int64, by actor: Actor
        ) async throws {
            _ = try await own.answer(
                FactID(9), stance, .open, words: words, subject: "Uenig", expected: expected,
                in: Self.code, by: actor)
        }
        try await #expect(
            problems { try await answer(.disputed, "", expected: theirs.1, by: me(ane)) }
                == ["words:empty"])
        try await #expect(
            problems { try await answer(.agreed, "", expected: theirs.1, by: me(bo)) }
                == ["stance:gone"])
        try await answer(.disputed, "Jeg har prøvet det", expected: theirs.1, by: me(ane))
        let after = try #require(try await lines().first { $0.0.id == FactID(9) })
        #expect(after.0.stance == .disputed && after.0.stanceBy == .citizen)
        #expect(after.0.text == "Praktik på lager")
        try await #expect(
            messages(ane, house).map(\.text) == ["Praktik på lager\n\nJeg har prøvet det"])
        // Sent twice from two windows: the second is told, and nothing is registered twice.
        await #expect(throws: EditConflict.self) {
            try await answer(.agreed, "", expected: theirs.1, by: me(ane))
        }
        try await #expect(messages(ane, house).count == 1)
    }

    @Test("Free times are working days ahead, without those taken, and the first is in person")
    func times() async throws {
        let house = try await house()
        let open = try await OwnCase(house).bookable(in: Self.code, by: me(bo))
        #expect(open.bar == nil && open.caseworker?.name == "Ida Hansen")
        #expect(open.forms == [.physical])
        #expect(open.slots.allSatisfy { $0.day > Self.today && $0.day.isWorkingDay })
        #expect(open.slots.allSatisfy { $0.day <= Self.today + 21 })
        #expect(Set(open.shown).isSubset(of: Set(open.slots)))
        #expect(open.shown.count == 24 && Set(open.shown.map(\.day)).count == 6)
        let taken = BookingSlot(day: Self.today + 2, begins: 600)
        #expect(!open.slots.contains(taken))
        #expect(open.slots.contains(BookingSlot(day: Self.today + 2, begins: 630)))
        let known = try await OwnCase(house).bookable(in: Self.code, by: me(ane))
        #expect(known.forms == ConversationForm.allCases)
    }

    @Test("A time is booked once; who comes second is told")
    func booking() async throws {
        let house = try await house()
        let own = OwnCase(house)
        let slot = BookingSlot(day: Self.today + 1, begins: 540)
        func book(
            _ slot: BookingSlot, by actor: Actor, moving: FactID? = nil,
            _ form: ConversationForm = .physical
        ) async throws {
            _ = try await own.book(
                slot, .job, form, moving: moving, place: "Jobcentret", in: Self.code, by: actor)
        }
        try await book(slot, by: me(bo))
        try await #expect(
            talks(bo, house).map { "\($0.day.iso) \($0.status)" } == ["2025-06-17 planned"])
        // Sent twice, or asked for again, it is said that there is one.
        try await #expect(problems { try await book(slot, by: me(bo)) } == ["slot:bookedAlready"])
        let other = BookingSlot(day: Self.today + 1, begins: 570)
        try await #expect(
            problems { try await book(other, by: me(bo)) } == ["slot:bookedAlready"])
        // Another's conversation cannot be moved, and one's own not further than a week.
        try await #expect(
            problems { try await book(other, by: me(bo), moving: FactID(2)) }
                == ["slot:notPlanned"])
        try await #expect(
            problems { try await book(slot, by: me(ane), moving: FactID(2)) }
                == ["slot:slotTaken"])
        let late = BookingSlot(day: Self.today + 10, begins: 540)
        try await #expect(
            problems { try await book(late, by: me(ane), moving: FactID(2)) }
                == ["slot:slotTaken"])
        try await book(other, by: me(ane), moving: FactID(2), .phone)
        try await #expect(
            problems { try await book(other, by: me(ane), moving: FactID(2), .phone) }
                == ["slot:movedAlready"])
        let moved = try await talks(ane, house).last
        #expect(moved?.day == Self.today + 1 && moved?.id == FactID(2) && moved?.form == .phone)
        // The one on the phone came in person before.
        try await #expect(
            problems {
                try await book(
                    BookingSlot(day: Self.today + 3, begins: 540), by: me(bo),
                    moving: talks(bo, house)[0].id, .video)
            } == ["form:choice"])
    }

    @Test("On the day it can be called off until it begins, with a ground, and not moved")
    func lastMinute() async throws {
        let todays: [Fact] = [
            .conversation(
                Conversation(
                    id: FactID(3), citizen: bo, day: Self.today, kind: .job, form: .physical,
                    status: .planned)),
            .conversationNote(
                ConversationNote(id: FactID(3), citizen: bo, staff: FactID(7), begins: 720)),
        ]
        func callOff(_ house: House, _ ground: AbsenceGround, _ words: String = "") async throws {
            _ = try await OwnCase(house).callOff(
                FactID(3), ground, words: words, subject: "Afbud", in: Self.code, by: me(bo))
        }
        let begun = try await house(todays, minute: 720)
        try await #expect(
            problems { try await callOff(begun, .illness) } == ["ground:bookingBegun"])
        let before = try await house(todays, minute: 719)
        try await #expect(
            problems {
                _ = try await OwnCase(before).book(
                    BookingSlot(day: Self.today + 1, begins: 540), .job, .physical,
                    moving: FactID(3), place: "", in: Self.code, by: me(bo))
            } == ["slot:moveTooLate"])
        try await #expect(
            problems { try await callOff(before, .otherReasonable) } == ["words:empty"])
        try await callOff(before, .illness)
        try await #expect(talks(bo, before).map(\.status) == [.cancelled])
        try await #expect(messages(bo, before).map(\.subject) == ["Afbud"])
        // Sent again: nothing happens twice.
        try await #expect(
            problems { try await callOff(before, .illness) } == ["slot:notPlanned"])
        try await #expect(messages(bo, before).count == 1)
    }

    @Test("Who is exempted, or may not book, is told why and books nothing")
    func barred() async throws {
        for (record, bar) in [
            ("self-booking-exemption", BookingBar.exempted),
            ("self-booking-withdrawn", .takenAway),
        ] {
            let house = try await house([
                .caseRecord(
                    CaseRecord(
                        id: FactID(1), citizen: bo, record: record, start: Self.today - 1,
                        end: nil, answers: [:]))
            ])
            let open = try await OwnCase(house).bookable(in: Self.code, by: me(bo))
            #expect(open.bar == bar && open.slots.isEmpty)
            try await #expect(
                problems {
                    _ = try await OwnCase(house).book(
                        BookingSlot(day: Self.today + 1, begins: 540), .job, .physical,
                        place: "", in: Self.code, by: me(bo))
                } == ["slot:booking-\(bar)"])
        }
    }

    @Test("The citizen fills in the own forms, and no others")
    func forms() async throws {
        let house = try await house()
        func register(_ id: String, _ answers: [String: String]) async throws {
            _ = try await OwnCase(house).register(
                id, from: Self.today, to: nil, answers: answers, in: Self.code, by: me(ane))
        }
        try await register(
            "job-log",
            ["title": "Chauffør", "workplace": "Prøve A/S", "how": "written", "outcome": "waiting"])
        try await #expect(problems { try await register("job-log", [:]) }.count == 4)
        try await #expect(
            problems { try await register("mentor-agreement", [:]) } == ["id:choice"])
        let records = try await OwnCase(house).file(in: Self.code, by: me(ane)).registrations
            .compactMap { note -> CaseRecord? in
                if case .caseRecord(let record) = note.fact { record } else { nil }
            }
        #expect(records.map(\.record) == ["job-log"])
    }

    @Test("The citizen sees who looked, and what for")
    func lookups() async throws {
        let house = try await house()
        _ = try await CitizenCase(house).file(
            of: ane, in: Self.code, by: staff(), purpose: purpose)
        _ = try await CitizenCase(house).file(
            of: bo, in: Self.code, by: staff(), purpose: Purpose("Kvalitet"))
        let seen = try await OwnCase(house).lookups(in: Self.code, by: me(ane))
        #expect(seen.map { "\($0.actor) \($0.purpose)" } == ["Ida Sagsbehandling"])
        // The citizen's own looking is no look-up.
        _ = try await OwnCase(house).file(in: Self.code, by: me(ane))
        try await #expect(OwnCase(house).lookups(in: Self.code, by: me(ane)).count == 1)
    }

    @Test("Two citizens of the same name keep their drafts apart")
    func drafts() async throws {
        let house = try await house()
        let drafts = DraftCase(house)
        try await drafts.keep("text=hemmeligt", of: "/me/do/message", in: Self.code, by: me(ane))
        try await #expect(
            drafts.kept("/me/do/message", in: Self.code, by: me(ane))?.fields == "text=hemmeligt")
        try await #expect(drafts.kept("/me/do/message", in: Self.code, by: me(bo)) == nil)
    }

    @Test("A CV is kept, changed and replaced by its owner alone")
    func cv() async throws {
        let house = try await house()
        let own = OwnCase(house)
        _ = try await own.changeCV(in: Self.code, by: me(ane)) {
            try $0.set(.work, at: nil, ["position": "Chauffør", "name": "Prøve A/S"])
        }
        try await #expect(own.cv(in: Self.code, by: me(ane)).entries(.work).count == 1)
        try await #expect(own.cv(in: Self.code, by: me(bo)) == Resume())
        await #expect(throws: ResumeProblems.self) {
            try await own.changeCV(in: Self.code, by: me(ane)) {
                try $0.set(.work, at: 0, ["position": "x", "startDate": "april"])
            }
        }
        let whole = try Resume(Array(#"{"basics":{"label":"Kok"}}"#.utf8))
        _ = try await own.replaceCV(with: whole, in: Self.code, by: me(ane))
        try await #expect(own.cv(in: Self.code, by: me(ane)) == whole)
        await #expect(throws: Refusal.self) { try await own.cv(in: Self.code, by: staff()) }
    }

    @Test("Everything about a citizen is one file, which comes out of another store as it went in")
    func everything() async throws {
        let house = try await house()
        let own = OwnCase(house)
        _ = try await own.send("Hej", "Linje 1\nlinje 2 æøå \"x\"", in: Self.code, by: me(ane))
        _ = try await own.changeCV(in: Self.code, by: me(ane)) {
            try $0.set(.languages, at: nil, ["language": "dansk"])
        }
        _ = try await DocumentCase(house).keep(
            UploadedFile(name: "bevis.txt", content: Array("Truckcertifikat".utf8)),
            titled: "Bevis", from: .citizen, on: Self.today, for: ane, in: Self.code, by: staff(),
            purpose: purpose)
        _ = try await CitizenCase(house).file(
            of: ane, in: Self.code, by: staff(), purpose: purpose)
        let archive = try await own.everything(in: Self.code, by: me(ane))
        let bytes = try archive.bytes()
        #expect(archive.files.count == 1 && archive.looks.count == 1)
        #expect(archive.registrations.allSatisfy { !$0.said.contains("\"citizen\":2") })
        try #expect(CitizenArchiveFile(bytes) == archive)

        let other = try await Self.empty()
        let system = Actor(name: "s", role: .system, municipality: Self.code)
        let count = try await AdministrationCase(other).take(
            CitizenArchiveFile(bytes), by: system)
        let again = try await OwnCase(other).everything(in: Self.code, by: me(ane))
        try #expect(again.standing() == archive.standing())
        try #expect(again.files == archive.files && count == archive.standing().count)
        // Twice is refused, and so is what is torn or changed.
        await #expect(throws: ArchiveProblem.self) {
            try await AdministrationCase(other).take(CitizenArchiveFile(bytes), by: system)
        }
        #expect(throws: ArchiveProblem.self) { try CitizenArchiveFile(bytes.dropLast(40) + []) }
        #expect(throws: ArchiveProblem.noArchive) { try CitizenArchiveFile([]) }
        let text = String(decoding: bytes, as: UTF8.self)
        let changed = text.replacingOccurrences(of: "VHJ1Y2", with: "VHJ1Y3")
        #expect(changed != text)
        let third = try await Self.empty()
        await #expect(throws: ArchiveProblem.self) {
            try await AdministrationCase(third).take(
                CitizenArchiveFile(Array(changed.utf8)), by: system)
        }
        let left = try await third.engine.read {
            try StoreReader($0).archive(about: CitizenID(1), of: Self.code)
        }
        #expect(left.isEmpty, "nothing is stored half")
    }

    private static func empty() async throws -> House {
        House(
            engine: try await UseCaseEngine.migrated(), clock: .stopped(at: today),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
    }

    @Test("a way back is tried against the law, and waits for the caseworker")
    func wayBack() async throws {
        let house = try await house([
            .benefitSpell(
                BenefitSpell(
                    id: FactID(1), citizen: ane, benefit: .sicknessBenefit,
                    start: Self.today - 30, end: nil)),
            .partialReturn(
                PartialReturn(
                    id: FactID(1), citizen: ane, weekly: WeeklyTime(minutes: 480),
                    start: Self.today + 7, end: Self.today + 20)),
            .partialReturn(
                PartialReturn(
                    id: FactID(2), citizen: ane, weekly: WeeklyTime(minutes: 900),
                    start: Self.today + 21, end: nil)),
        ])
        let own = OwnCase(house)
        func step(_ days: Int, _ hours: Int) -> NewEffort.Hours {
            NewEffort.Hours(
                from: Self.today + days, weekly: WeeklyTime(minutes: Int32(hours * 60)))
        }
        func propose(_ steps: [NewEffort.Hours], by id: CitizenID) async throws -> [String] {
            try await problems {
                _ = try await own.proposeReturn(
                    steps, subject: "Forslag", written: ["Fra mandag: 8 timer"], words: "Let",
                    in: Self.code, by: me(id))
            }
        }
        #expect(try await propose([step(2, 8)], by: bo) == ["from1:notSickListed"])
        #expect(try await propose([step(2, 34)], by: ane) == ["hours1:partialAway"])
        #expect(try await propose([step(-1, 8)], by: ane) == ["from1:inPast"])
        #expect(try await propose([step(9, 8), step(9, 12)], by: ane) == ["from2:hoursOrder"])
        #expect(try await messages(ane, house).isEmpty)
        #expect(try await propose([step(2, 8), step(9, 33)], by: ane) == [])
        let sent = try await messages(ane, house)
        #expect(sent.map(\.text) == ["Fra mandag: 8 timer\nLet"])
        #expect(sent.map(\.waits) == [true])
        // The calendar: this week nothing, then 8 hours for two weeks, then 15.
        let file = try await own.file(in: Self.code, by: me(ane))
        let weeks = file.returnWeeks(from: Self.today + 2, count: 5)
        #expect(weeks.map(\.monday) == [7, 14, 21, 28].map { Self.today + $0 })
        #expect(weeks.map(\.weekly.minutes) == [480, 480, 900, 900])
    }
}
