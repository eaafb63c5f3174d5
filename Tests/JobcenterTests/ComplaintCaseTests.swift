import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Registry
import Storage
import Testing

/// A house with two citizens, one caseworker and whoever acts on them.
struct ComplaintHouse {
    static let code = MunicipalityCode(number: 163)
    let house: House
    let purpose = Purpose("Klage")!
    let ane = CitizenID(1)
    let bo = CitizenID(2)

    init(today: Day) async throws {
        let engine = try await UseCaseEngine.migrated()
        house = House(
            engine: engine,
            clock: Clock(now: { Int64(today.number) * 86_400 + 36_000 }, today: { today }),
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
        _ = try await RegisterCase(house).register(
            facts, in: Self.code, by: staff(.system), purpose: purpose)
    }

    func staff(_ role: Role = .caseworker) -> Actor {
        Actor(name: role == .citizensAdviser ? "Dorte" : "Ida", role: role, municipality: Self.code)
    }
    func me(_ id: CitizenID) -> Actor {
        Actor(name: "Ane Prøve", role: .citizen, municipality: Self.code, citizen: id)
    }

    func decide(_ id: FactID, sent: Day?, of citizen: CitizenID? = nil) async throws {
        let made = sent ?? Day(iso: "2025-06-01")!
        _ = try await RegisterCase(house).register(
            [
                .decision(
                    Decision(
                        id: id, citizen: citizen ?? ane, kind: .refuse, subject: "Afslag", rule: "",
                        facts: "f", reasons: "r", heardOn: nil, answer: "", from: made, made: made,
                        sent: sent))
            ], in: Self.code, by: staff(.system), purpose: purpose)
    }

    @discardableResult
    func step(
        _ kind: ComplaintStepKind, _ day: Day, choice: String = "", words: String = "",
        on id: FactID
    ) async throws -> Receipt {
        var new = NewComplaintStep(kind, on: day)
        (new.choice, new.words) = (choice, words)
        return try await step(new, on: id)
    }

    @discardableResult
    func step(_ new: NewComplaintStep, on id: FactID) async throws -> Receipt {
        try await ComplaintCase(house).register(
            new, on: id, in: Self.code, by: staff(), purpose: purpose)
    }

    func record(_ id: FactID) async throws -> ComplaintRecord {
        try #require(
            try await ComplaintCase(house).one(
                id, in: Self.code, by: staff(), purpose: purpose))
    }

    /// `field:key` of what was refused; empty where it was not.
    func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems { return found.all.map { "\($0.field):\($0.key)" } }
    }

    func facts(_ kinds: [FactKind]) async throws -> [Fact] {
        try await house.engine.read { connection in
            var found: [Fact] = []
            try StoreReader(connection).facts(of: Self.code, kinds: kinds) { found.append($0) }
            return found
        }
    }
}

@Suite("Complaints")
struct ComplaintCaseTests {
    /// A Monday.
    static let today = Day(iso: "2025-06-16")!
    private let code = ComplaintHouse.code

    @Test("From the citizen's words to what was learned, with one complaint all the way")
    func whole() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        let (house, today) = (made.house, Self.today)
        try await made.decide(FactID(1), sent: today - 20)
        let own = OwnCase(house)
        let first = try await own.complain(
            .decision, "Jeg er uenig", decision: FactID(1), in: code, by: made.me(made.ane))
        // The button pressed twice does nothing twice.
        let again = try await own.complain(
            .decision, "Jeg er uenig", decision: FactID(1), in: code, by: made.me(made.ane))
        #expect(first == again)
        #expect(try await made.facts([.complaint]).count == 1)
        let mine = try await own.complaints(in: code, by: made.me(made.ane)).files
        let id = try #require(mine.first?.id)
        #expect(mine.first?.stage == .received && mine.first?.channel == .portal)
        #expect(mine.first?.decision?.id == FactID(1))
        #expect(try await own.complaints(in: code, by: made.me(made.bo)).files.isEmpty)

        try await made.step(.acknowledged, today, on: id)
        try await made.step(.talked, today, words: "Vi ringede sammen", on: id)
        // The law's duty is open until the case is reassessed, whatever else was done.
        #expect(try await duties(made) == ["complaint-reassessment"])
        let receipt = try await made.step(
            .reassessed, today, choice: "partly", words: "Du får ret i det ene", on: id)
        #expect(
            try await made.step(
                .reassessed, today, choice: "partly", words: "Du får ret i det ene", on: id)
                == receipt)
        #expect(try await duties(made) == [])
        #expect(try await made.record(id).file.stage == .reassessed)
        try await made.step(.forwarded, today, on: id)
        #expect(try await made.record(id).file.stage == .forwarded)
        try await made.step(.boardDecided, today, choice: "changed", words: "Nyt", on: id)
        let file = try await made.record(id).file
        #expect(file.stage == .closed && file.complaint.outcome == .changed)
        #expect(file.complaint.decided == today)

        var learned = NewComplaintStep(.learned, on: today)
        learned.choice = "reasons"
        learned.words = "En kollega læser med"
        learned.detail = "Team Job"
        learned.deadline = today + 30
        try await made.step(learned, on: id)
        let learning = try #require(try await made.record(id).file.learnings.first)
        var change = NewComplaintStep(.changeMade, on: today)
        change.detail = String(learning.id.number)
        try await made.step(change, on: id)
        #expect(try await made.record(id).file.made(learning) == today)
        let steps = try await made.facts([.complaintStep])
        #expect(steps.count == 8)

        // The overview counts it, and the ledger holds.
        let overview = try await ComplaintCase(house).overview(in: code, by: made.staff())
        func count(_ group: ComplaintLine.Group, _ choice: String) -> ComplaintCount {
            overview.count(.init(group, choice), nil)
        }
        #expect(count(.subject, "decision") == .count(1))
        #expect(count(.acknowledged, "inTime") == .count(1))
        #expect(count(.reassessed, "inTime") == .count(1))
        #expect(count(.result, "partly") == .count(1))
        #expect(count(.board, "changed") == .count(1))
        #expect(count(.fault, "reasons") == .count(1))
        #expect(overview.changes?.made == 1 && overview.changes?.decided == 1)
    }

    /// The ids of what is owed to Ane about a complaint.
    private func duties(_ made: ComplaintHouse) async throws -> [String] {
        let file = try #require(
            try await CitizenCase(made.house).file(
                of: made.ane, in: code, by: made.staff(), purpose: made.purpose))
        return file.obligations.obligations.filter {
            $0.duty.id == "complaint-reassessment"
                && ![.fulfilled, .fulfilledLate].contains($0.obligation.status)
        }.map(\.duty.id)
    }

    @Test("The latest step is taken back, and the complaint stands as it did before it")
    func takenBack() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        let (today, own) = (Self.today, OwnCase(made.house))
        try await made.decide(FactID(1), sent: today - 20)
        _ = try await own.complain(
            .decision, "Jeg er uenig", decision: FactID(1), in: code, by: made.me(made.ane))
        let id = try #require(
            try await own.complaints(in: code, by: made.me(made.ane)).files.first?.id)
        let early = try await made.step(.acknowledged, today, on: id)
        let ended = try await made.step(
            .reassessed, today, choice: "whole", words: "Ret", on: id)
        #expect(try await made.record(id).file.complaint.outcome == .changed)
        func takeBack(_ number: Int64) async throws -> [String] {
            try await made.problems {
                _ = try await WithdrawCase(made.house).withdraw(
                    registration: number, of: made.ane, why: Purpose("Forkert sag")!, in: code,
                    by: made.staff())
            }
        }
        let filed = try #require(try await made.record(id).notes.first?.number)
        #expect(try await takeBack(filed) == ["number:complaintOwn"])
        #expect(try await takeBack(early.number) == ["number:complaintLater"])
        #expect(try await takeBack(ended.number) == [])
        let file = try await made.record(id).file
        #expect(file.complaint.decided == nil && file.complaint.outcome == nil && file.isOpen)
        #expect(file.steps.map(\.kind) == [.filed, .acknowledged])
        #expect(try await takeBack(ended.number) == ["number:withdrawn"])
        // What was right is registered now, and what the citizen does is the citizen's.
        try await made.step(.reassessed, today, choice: "kept", words: "Ikke ret", on: id)
        let withdrawn = try await own.withdraw(
            id, "Jeg vil ikke mere", in: code, by: made.me(made.ane))
        #expect(try await takeBack(withdrawn.number) == ["number:complaintOwn"])
    }

    @Test("A complaint about treatment has no reassessment and no appeals board")
    func treatment() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        let today = Self.today
        let (id, _) = try await ComplaintCase(made.house).register(
            NewComplaint(
                subject: .treatment, channel: .phone, received: today - 3, words: "Hård tone"),
            from: made.ane, in: code, by: made.staff(), purpose: made.purpose)
        #expect(try await duties(made) == [])
        try await #expect(
            made.problems {
                try await made.step(.reassessed, today, choice: "kept", words: "x", on: id)
            } == ["day:noReassessment"])
        try await #expect(
            made.problems { try await made.step(.forwarded, today, on: id) } == ["day:noBoard"])
        try await made.step(.answered, today, choice: "kept", words: "Vi er uenige", on: id)
        let file = try await made.record(id).file
        #expect(!file.isOpen && file.complaint.outcome == .upheld && file.result == .kept)
    }

    @Test("What cannot be is refused beside its field, and nothing is stored")
    func wrong() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        let today = Self.today
        try await made.decide(FactID(1), sent: today - 10)
        try await made.decide(FactID(2), sent: nil)
        try await made.decide(FactID(3), sent: today - 10, of: made.bo)
        func register(
            _ words: String, _ received: Day, _ decision: Int64? = nil
        ) async throws -> [String] {
            try await made.problems {
                _ = try await ComplaintCase(made.house).register(
                    NewComplaint(
                        subject: .decision, channel: .letter, received: received, words: words,
                        decision: decision.map { FactID($0) }),
                    from: made.ane, in: code, by: made.staff(), purpose: made.purpose)
            }
        }
        #expect(try await register("", today) == ["words:complaintWords"])
        #expect(
            try await register(String(repeating: "æ", count: 10_001), today)
                == ["words:tooLong"])
        #expect(try await register("x", today + 1) == ["received:actInFuture"])
        // Not sent yet, another's, and none at all.
        for decision: Int64 in [2, 3, 99] {
            #expect(try await register("x", today, decision) == ["decision:choice"])
        }
        #expect(try await register("x", today - 11, 1) == ["received:beforeDecision"])
        #expect(try await made.facts([.complaint, .complaintStep]).isEmpty)

        #expect(try await register("x", today - 5) == [])
        let id = try #require(try await made.facts([.complaint]).first?.id)
        func refused(_ new: NewComplaintStep) async throws -> [String] {
            try await made.problems { try await made.step(new, on: id) }
        }
        var extended = NewComplaintStep(.extended, on: today)
        extended.deadline = today
        #expect(try await refused(extended) == ["words:empty", "deadline:laterDay"])
        #expect(try await refused(.init(.forwarded, on: today)) == ["day:notReassessed"])
        #expect(
            try await refused(.init(.reassessed, on: today - 6)) == [
                "day:beforeComplaint", "choice:choice", "words:reasonsNeeded",
            ])
        #expect(try await refused(.init(.acknowledged, on: today + 1)) == ["day:actInFuture"])
        #expect(
            try await refused(.init(.boardDecided, on: today)) == [
                "day:notForwarded", "choice:choice",
            ])
        #expect(try await refused(.init(.learned, on: today)).first == "day:notAnswered")
        #expect(try await made.facts([.complaintStep]).count == 1)
        try await made.step(.withdrawn, today, on: id)
        #expect(try await refused(.init(.acknowledged, on: today)) == ["day:complaintClosed"])
    }

    @Test("A citizen takes back an own complaint, and no other's")
    func withdrawing() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        let own = OwnCase(made.house)
        _ = try await own.complain(
            .time, "Det tager for lang tid", decision: nil, in: code, by: made.me(made.ane))
        let id = try #require(try await made.facts([.complaint]).first?.id)
        try await #expect(
            made.problems {
                _ = try await own.withdraw(id, "", in: code, by: made.me(made.bo))
            } == ["day:choice"])
        let first = try await own.withdraw(id, "Løst", in: code, by: made.me(made.ane))
        #expect(try await own.withdraw(id, "Løst", in: code, by: made.me(made.ane)) == first)
        let file = try #require(
            try await own.complaints(in: code, by: made.me(made.ane)).files.first)
        #expect(file.complaint.outcome == .withdrawn && file.stage == .closed)
    }

    @Test("Who may see complaints and who may register them; every look is logged")
    func policy() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        _ = try await OwnCase(made.house).complain(
            .time, "x", decision: nil, in: code, by: made.me(made.ane))
        let complaints = ComplaintCase(made.house)
        for role in Role.allCases {
            let actor = Actor(name: "n", role: role, municipality: code, citizen: made.ane)
            if [.manager, .caseworker, .citizensAdviser, .system].contains(role) {
                #expect(
                    try await complaints.list(in: code, by: actor, purpose: made.purpose)
                        .files.count == 1)
                await #expect(throws: Refusal.purposeMissing) {
                    try await complaints.list(in: code, by: actor, purpose: nil)
                }
            } else {
                await #expect(throws: Refusal.self) {
                    try await complaints.list(in: code, by: actor, purpose: made.purpose)
                }
            }
            if ![.manager, .caseworker, .system].contains(role) {
                await #expect(throws: Refusal.self) {
                    try await complaints.register(
                        .init(.acknowledged, on: Self.today), on: FactID(1), in: code, by: actor,
                        purpose: made.purpose)
                }
            }
        }
        let looks = try await OwnCase(made.house).lookups(in: code, by: made.me(made.ane))
        #expect(looks.count == 4)
        #expect(looks.allSatisfy { $0.subject.hasPrefix("complaints ") })
    }

    @Test("The overview hides few from those who may not see them, and nothing follows")
    func fewAreHidden() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        for (place, citizen) in [made.ane, made.bo].enumerated() {
            _ = try await OwnCase(made.house).complain(
                place == 0 ? .time : .treatment, "x", decision: nil, in: code,
                by: made.me(citizen))
        }
        let complaints = ComplaintCase(made.house)
        let open = try await complaints.overview(in: code, by: made.staff(.analyst))
        for line in open.lines where [.subject, .channel].contains(line.group) {
            let counts = try #require(open.counts[line])
            #expect(counts.allSatisfy { $0 == .hidden || $0 == .count(0) }, "\(line.id)")
        }
        #expect(open.changes == nil)
        for actor in [made.staff(), made.staff(.citizensAdviser)] {
            let seen = try await complaints.overview(in: code, by: actor)
            #expect(seen.count(.init(.subject, "total"), nil) == .count(2))
            #expect(
                seen.count(.init(.subject, "total"), Month(containing: Self.today)) == .count(2))
        }
    }
}
