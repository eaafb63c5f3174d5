import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Registry
import Storage
import Testing

@Suite("Quality of casework")
struct QualityCaseTests {
    static let herlev = MunicipalityCode(number: 163)
    static let day = Day(iso: "2025-03-10")!
    static let company = try! CVR("13585628")
    let consultant = Actor(name: "Eva", role: .qualityConsultant, municipality: Self.herlev)
    let manager = Actor(name: "Lea", role: .manager, municipality: Self.herlev)
    let caseworker = Actor(name: "Kim", role: .caseworker, municipality: Self.herlev)
    let purpose = Purpose("Kvalitetsstikprøve")!

    private func house(_ engine: any StorageEngine, on day: Day = Self.day) throws -> House {
        House(
            engine: engine, clock: .stopped(at: day), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
    }

    /// Forty citizens in two teams, each with a conversation; every second has a note of it.
    private var facts: [Fact] {
        var facts: [Fact] = [
            .staffMember(
                StaffMember(
                    id: FactID(1), name: "Kim", team: "Nord", start: Self.day - 900, end: nil)),
            .staffMember(
                StaffMember(
                    id: FactID(2), name: "Ida", team: "Syd", start: Self.day - 900, end: nil)),
            .company(Company(cvr: Self.company, name: "Bageren", industry: "10")),
        ]
        for number in 1...40 {
            let id = CitizenID(Int64(number))
            let fact = FactID(Int64(number))
            facts += [
                .citizen(
                    Citizen(
                        id: id, cpr: try! CPR("610190\(1_000 + number)"),
                        givenName: "Nr. \(number)", familyName: "Prøve", sex: .female,
                        born: Day(iso: "1990-01-01")!, origin: .danish)),
                .residence(
                    Residence(id: fact, citizen: id, start: Self.day - 900, end: nil)),
                .assignment(
                    Assignment(
                        id: fact, citizen: id, staff: FactID(number <= 30 ? 1 : 2),
                        start: Self.day - 800, end: nil)),
                .conversation(
                    Conversation(
                        id: fact, citizen: id, day: Self.day - 30 - number, kind: .job,
                        form: .physical, status: .held)),
            ]
            if number.isMultiple(of: 2) {
                facts.append(
                    .conversationNote(
                        ConversationNote(
                            id: fact, citizen: id, text: "Talt om job")))
            }
        }
        return facts
    }

    private func start() async throws -> (engine: any StorageEngine, cases: QualityCase) {
        let engine = try await UseCaseEngine.migrated()
        let house = try house(engine)
        try await RegisterCase(house).load(
            facts.map {
                Registration(
                    municipality: Self.herlev, recordedOn: Self.day - 20, fact: $0)
            }, of: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev)
        ) { _ in }
        return (engine, QualityCase(house))
    }

    private func new(wanted: Int = 20, byTeam: Bool = true, seed: Int64 = 3) -> NewAudit {
        NewAudit(
            title: "Forår", checklist: "conversations", start: Self.day - 90, end: Self.day,
            wanted: wanted, seed: seed, byTeam: byTeam)
    }

    private func draw(
        _ cases: QualityCase, _ new: NewAudit
    ) async throws -> (FactID, Receipt) {
        try await cases.draw(new, in: Self.herlev, by: consultant, purpose: purpose)
    }

    private func summary(_ cases: QualityCase, _ id: FactID) async throws -> AuditSummary {
        try #require(
            try await cases.book(of: Self.herlev, by: consultant).audit(id))
    }

    /// Confirms the register, and finds the rest met.
    private func findings(_ found: CaseUnderReview, _ rest: Finding = .met) -> [AuditFinding] {
        found.checklist.questions.map { question in
            let finding = found.proposals[question.id]?.finding ?? rest
            return AuditFinding(
                question: question.id, finding: finding,
                remark: finding == .notMet ? "Mangler" : "")
        }
    }

    private func review(
        _ cases: QualityCase, _ id: FactID, _ rest: Finding = .met, by actor: Actor? = nil
    ) async throws {
        let actor = actor ?? consultant
        for item in try await summary(cases, id).cases {
            let found = try #require(
                try await cases.underReview(
                    item.id, in: Self.herlev, by: actor, purpose: purpose))
            _ = try await cases.review(
                item.id, findings(found, rest), expected: found.version, in: Self.herlev,
                by: actor, purpose: purpose)
        }
    }

    private func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems {
            return found.all.map { "\($0.field) \($0.key)" }
        }
    }

    @Test("A draw is the same for the same seed, in proportion, once for a form sent twice, logged")
    func drawing() async throws {
        let (engine, cases) = try await start()
        let (id, receipt) = try await draw(cases, new())
        let (again, same) = try await draw(cases, new())
        #expect(id == again && receipt == same)
        let first = try await summary(cases, id)
        #expect(first.cases.count == 20 && Set(first.cases.map(\.matter)).count == 20)
        #expect(first.audit.strata.all.map(\.team) == ["Nord", "Syd"])
        #expect(first.audit.strata.all.map(\.drawn) == [15, 5])
        #expect(first.audit.frame == 40 && first.audit.drawnBy == "Eva")
        // Another sample with the same seed holds the same cases.
        var other = new()
        other.title = "En anden"
        let second = try await summary(cases, try await draw(cases, other).0)
        #expect(second.cases.map(\.matter) == first.cases.map(\.matter))
        other.title = "En tredje"
        other.seed = 4
        let third = try await summary(cases, try await draw(cases, other).0)
        #expect(third.cases.map(\.matter) != first.cases.map(\.matter))
        let logged = try await engine.read {
            try $0.first("SELECT count(*) FROM lookup WHERE subject LIKE 'audit %'") {
                $0.integer(0)
            } ?? 0
        }
        // A look for each of the four draws, also where the sample stood already.
        #expect(logged == 80)
    }

    @Test("What cannot be drawn is told beside its field")
    func wrongDraws() async throws {
        let (_, cases) = try await start()
        var new = new()
        new.title = ""
        new.end = Self.day + 1
        new.wanted = 0
        new.checklist = "intet"
        #expect(
            try await problems { _ = try await draw(cases, new) }
                == ["title empty", "end actInFuture", "wanted wholeNumber", "checklist choice"])
        new = self.new()
        new.start = Self.day - 5
        #expect(try await problems { _ = try await draw(cases, new) } == ["start auditNobody"])
        new = self.new()
        new.checklist = "decisions"
        #expect(try await problems { _ = try await draw(cases, new) } == ["start auditNobody"])
    }

    @Test("The register answers what it can, with what it rests on; who differs says why")
    func proposals() async throws {
        let (_, cases) = try await start()
        let (id, _) = try await draw(cases, new())
        for item in try await summary(cases, id).cases {
            let found = try #require(
                try await cases.underReview(
                    item.id, in: Self.herlev, by: consultant, purpose: purpose))
            let hasNote = item.matter.number.isMultiple(of: 2)
            let proposal = try #require(found.proposals["note"])
            #expect(proposal.finding == (hasNote ? .met : .notMet))
            #expect(
                proposal.notes.map(\.fact.kind) == [hasNote ? .conversationNote : .conversation])
            #expect(found.proposals["plan"] == nil && found.proposals["own-words"] == nil)
        }
        let item = try #require(try await summary(cases, id).cases.first)
        let found = try #require(
            try await cases.underReview(
                item.id, in: Self.herlev, by: consultant, purpose: purpose))
        var wrong = findings(found, .notMet)
        wrong[0].finding = found.proposals["note"]?.finding == .met ? .cannotTell : .met
        wrong[0].remark = ""
        wrong[1].remark = ""
        wrong.removeLast()
        let told = try await problems {
            _ = try await cases.review(
                item.id, wrong, expected: found.version, in: Self.herlev, by: consultant,
                purpose: purpose)
        }
        #expect(
            told == [
                "remark-note auditSayWhy", "remark-own-words auditSayWhat",
                "finding-guidance choice",
            ])
        #expect(try await summary(cases, id).reviewed == 0)
    }

    @Test("Nobody reviews a case that was the reviewer's own, and caseworkers review none")
    func ownCases() async throws {
        let (_, cases) = try await start()
        let (id, _) = try await draw(cases, new())
        let item = try #require(
            try await summary(cases, id).cases.first { $0.citizen.number <= 30 })
        var own = consultant
        own.staff = FactID(1)
        let found = try #require(
            try await cases.underReview(item.id, in: Self.herlev, by: own, purpose: purpose))
        #expect(found.isOwn)
        #expect(
            try await problems {
                _ = try await cases.review(
                    item.id, findings(found), expected: found.version, in: Self.herlev, by: own,
                    purpose: purpose)
            } == ["case auditOwnCase"])
        await #expect(throws: Refusal.roleMayNotManageQuality) {
            _ = try await cases.underReview(
                item.id, in: Self.herlev, by: caseworker, purpose: purpose)
        }
        await #expect(throws: Refusal.purposeMissing) {
            _ = try await cases.underReview(
                item.id, in: Self.herlev, by: consultant, purpose: nil)
        }
    }

    @Test("Two who review at once: the second is told. The same twice is one registration")
    func conflict() async throws {
        let (_, cases) = try await start()
        let (id, _) = try await draw(cases, new())
        let item = try #require(try await summary(cases, id).cases.first)
        let found = try #require(
            try await cases.underReview(
                item.id, in: Self.herlev, by: consultant, purpose: purpose))
        func save(_ rest: Finding, _ actor: Actor) async throws -> Receipt {
            try await cases.review(
                item.id, findings(found, rest), expected: found.version, in: Self.herlev,
                by: actor, purpose: purpose)
        }
        let receipt = try await save(.met, consultant)
        #expect(try await save(.met, consultant) == receipt)
        await #expect(throws: EditConflict.self) { _ = try await save(.cannotTell, manager) }
    }

    @Test("A closed sample keeps its figures; a correction is seen and does not move them")
    func closing() async throws {
        let (_, cases) = try await start()
        let (id, _) = try await draw(cases, new())
        func close() async throws -> Receipt {
            try await cases.close(id, in: Self.herlev, by: consultant, purpose: purpose)
        }
        #expect(try await problems { _ = try await close() } == ["audit auditUnreviewed"])
        try await review(cases, id)
        let receipt = try await close()
        #expect(try await close() == receipt)
        let closed = try await summary(cases, id)
        #expect(closed.audit.closed == Self.day && !closed.isCorrected)
        let note = try #require(closed.figures.all.first { $0.question == "note" })
        #expect(note.met + note.notMet == 20)
        #expect(note.met == closed.cases.count { $0.matter.number.isMultiple(of: 2) })
        // A correction afterwards.
        let item = closed.cases[0]
        let found = try #require(
            try await cases.underReview(
                item.id, in: Self.herlev, by: manager, purpose: purpose))
        _ = try await cases.review(
            item.id, findings(found, .cannotTell), expected: found.version, in: Self.herlev,
            by: manager, purpose: purpose)
        let corrected = try await summary(cases, id)
        #expect(corrected.figures == closed.figures && corrected.isCorrected)
        #expect(corrected.counts.all.first { $0.question == "own-words" }?.cannotTell == 1)
    }

    @Test("The next sample of a checklist is compared with the one closed before it was drawn")
    func next() async throws {
        let (engine, cases) = try await start()
        let (first, _) = try await draw(cases, new())
        var other = new()
        other.title = "Åben"
        let (open, _) = try await draw(cases, other)
        try await review(cases, first)
        _ = try await cases.close(first, in: Self.herlev, by: consultant, purpose: purpose)
        let later = QualityCase(try house(engine, on: Self.day + 40))
        other.title = "Efterår"
        let (second, _) = try await draw(later, other)
        let book = try await later.book(of: Self.herlev, by: consultant)
        let audit = try #require(book.audit(second)?.audit)
        #expect(book.previous(to: audit)?.audit.id == first)
        #expect(try book.previous(to: #require(book.audit(open)?.audit))?.audit.id == first)
        #expect(try book.previous(to: #require(book.audit(first)?.audit)) == nil)
    }

    @Test("An action has an owner and a day; done, it says what was seen")
    func actions() async throws {
        let (_, cases) = try await start()
        var action = QualityAction(
            id: FactID(0), audit: nil, question: "", text: "", owner: FactID(9),
            added: Self.day, due: Self.day - 1)
        func save(_ version: Int64? = nil) async throws -> (FactID, Receipt) {
            try await cases.act(
                action, changing: version, in: Self.herlev, by: consultant, purpose: purpose)
        }
        #expect(
            try await problems { _ = try await save() }
                == ["text empty", "due qualityBefore", "owner choice"])
        action.text = "Skabelon"
        action.owner = FactID(2)
        action.due = Self.day + 30
        let (id, receipt) = try await save()
        #expect(try await save() == (id, receipt))
        action.id = id
        action.done = Self.day
        #expect(try await problems { _ = try await save(receipt.number) } == ["result empty"])
        action.result = "Set i ti sager"
        let done = try await save(receipt.number)
        #expect(try await save(receipt.number) == done)
        let book = try await cases.book(of: Self.herlev, by: consultant)
        #expect(book.actions == [action] && book.open.isEmpty)
    }

    @Test("The share trained counts those employed today within twelve months, once each")
    func training() async throws {
        let (_, cases) = try await start()
        func course(_ ago: Int, _ who: [Int64], _ theme: TrainingTheme) -> TrainingCourse {
            TrainingCourse(
                id: FactID(0), title: "Kursus \(ago)", theme: theme, day: Self.day - ago,
                minutes: 180, participants: TrainingParticipants(who.map { FactID($0) }))
        }
        func train(_ course: TrainingCourse, _ actor: Actor) async throws {
            _ = try await cases.train(course, in: Self.herlev, by: actor, purpose: purpose)
        }
        await #expect(throws: Refusal.roleMayNotLogTraining) {
            try await train(course(1, [1], .conflict), consultant)
        }
        try await train(course(1, [1], .conflict), manager)
        try await train(course(300, [1], .conflict), manager)
        try await train(course(366, [2], .conflict), manager)
        try await train(course(2, [1, 2], .decisions), manager)
        let book = try await cases.book(of: Self.herlev, by: consultant)
        let share = book.trained(.conflict, on: Self.day)
        #expect(share.trained == 1 && share.employed == 2 && share.courses.count == 2)
        #expect(book.trained(.decisions, on: Self.day).trained == 2)
        #expect(book.trained(.administration, on: Self.day).trained == 0)
        #expect(
            try await problems { try await train(course(-1, [], .other), manager) }
                == ["day actInFuture", "participants trainingNobody"])
        #expect(
            try await problems { try await train(course(1, [7], .other), manager) }
                == ["participants trainingNotEmployed"])
    }

    @Test("Without consent nothing is kept of what was said, and what was kept is erased for good")
    func focusGroups() async throws {
        let (engine, cases) = try await start()
        let group = FocusGroup(
            id: FactID(0), title: "Unge", kind: .talk, audience: "unge", initiative: "Sms",
            day: Self.day)
        let (id, receipt) = try await cases.hold(
            group, in: Self.herlev, by: consultant, purpose: purpose)
        func invite(_ numbers: [Int64]) async throws -> Receipt {
            try await cases.invite(
                numbers.map { CitizenID($0) }, [Self.company], to: id, in: Self.herlev,
                by: consultant, purpose: purpose)
        }
        #expect(
            try await problems { _ = try await invite([1, 99]) } == ["citizens focusNoCitizen"])
        _ = try await invite([1, 2])
        _ = try await invite([2, 1])
        func file() async throws -> QualityCase.FocusFile {
            try #require(
                try await cases.file(
                    of: id, in: Self.herlev, by: consultant, purpose: purpose))
        }
        let members = try await file().summary.members
        #expect(members.count == 3 && members.last?.company == Self.company)
        func answer(_ place: Int, _ consent: FocusConsent, _ words: String) async throws {
            _ = try await cases.answer(
                members[place].id, consent, words: words, in: Self.herlev, by: consultant,
                purpose: purpose)
        }
        #expect(
            try await problems { try await answer(0, .invited, "Ord") } == ["words focusNoConsent"])
        #expect(
            try await problems { try await answer(0, .withdrawn, "") }
                == ["consent focusNothingGiven"])
        try await answer(0, .given, "Hemmelige ord")
        try await answer(1, .declined, "")
        #expect(try await file().words == [members[0].id: "Hemmelige ord"])
        try await answer(0, .withdrawn, "")
        #expect(try await file().words.isEmpty)
        let left = try await engine.read { connection in
            try connection.first("SELECT count(*) FROM focus_words") { $0.integer(0) } ?? 0
                + (connection.first(
                    "SELECT count(*) FROM ledger WHERE payload LIKE '%Hemmelige%'"
                ) { $0.integer(0) } ?? 0)
        }
        #expect(left == 0)
        // What the group said together is for everybody, without names.
        #expect(try await cases.heard(in: Self.herlev).groups.isEmpty)
        var said = group
        said.id = id
        said.result = "Kort og klart"
        _ = try await cases.hold(
            said, changing: receipt.number, in: Self.herlev, by: consultant, purpose: purpose)
        #expect(try await cases.heard(in: Self.herlev).groups.map(\.group) == [said])
    }

    @Test("Citizens and companies answer an invitation themselves, and take a yes back for good")
    func focusAnswers() async throws {
        let (engine, cases) = try await start()
        let group = FocusGroup(
            id: FactID(0), title: "Unge", kind: .talk, audience: "unge", initiative: "Sms",
            day: Self.day + 7)
        let (id, _) = try await cases.hold(
            group, in: Self.herlev, by: consultant, purpose: purpose)
        _ = try await cases.invite(
            [CitizenID(1), CitizenID(2)], [Self.company], to: id, in: Self.herlev,
            by: consultant, purpose: purpose)
        let house = try house(engine)
        let one = Actor(
            name: "Nr. 1", role: .citizen, municipality: Self.herlev, citizen: CitizenID(1))
        let two = Actor(
            name: "Nr. 2", role: .citizen, municipality: Self.herlev, citizen: CitizenID(2))
        let baker = Actor(
            name: "Bageren", role: .employer, municipality: Self.herlev, company: Self.company)
        func own(_ actor: Actor) async throws -> FocusInvitation {
            try #require(
                try await OwnCase(house).focusGroups(in: Self.herlev, by: actor).first)
        }
        let first = try await own(one)
        #expect(first.group.title == "Unge" && first.waits(on: Self.day))
        func answer(_ actor: Actor, _ yes: Bool, on house: House) async throws -> Receipt {
            try await OwnCase(house).answer(
                first.member.id, takesPart: yes, in: Self.herlev, by: actor)
        }
        // Nobody answers for another, nor does a company.
        #expect(
            try await problems { _ = try await answer(two, true, on: house) } == ["answer choice"])
        #expect(
            try await problems {
                _ = try await DoorCase(house).answer(
                    first.member.id, takesPart: true, in: Self.herlev, by: baker)
            } == ["answer choice"])
        let receipt = try await answer(one, true, on: house)
        #expect(try await answer(one, true, on: house) == receipt)
        #expect(try await own(one).member.consent == .given)
        #expect(try await own(one).note.actor == "borgeren")
        _ = try await cases.answer(
            first.member.id, .given, words: "Hemmelige ord", in: Self.herlev, by: consultant,
            purpose: purpose)
        // After the day a yes can be taken back, and what was said goes with it; not given anew.
        let later = try self.house(engine, on: Self.day + 8)
        _ = try await answer(one, false, on: later)
        #expect(try await own(one).member.consent == .withdrawn)
        let left = try await engine.read { connection in
            try connection.first("SELECT count(*) FROM focus_words") { $0.integer(0) } ?? 0
        }
        #expect(left == 0)
        #expect(
            try await problems { _ = try await answer(one, true, on: later) }
                == ["answer focusOver"])
        let file = try await DoorCase(house).file(in: Self.herlev, by: baker)
        let theirs = try #require(file.invitations.first)
        _ = try await DoorCase(house).answer(
            theirs.member.id, takesPart: false, in: Self.herlev, by: baker)
        #expect(
            try await DoorCase(house).file(in: Self.herlev, by: baker).invitations.first?.member
                .consent == .declined)
    }

    @Test("A council's answer and what came of it stand with their days, and then are open")
    func councils() async throws {
        let (_, cases) = try await start()
        var matter = CouncilMatter(
            id: FactID(0), council: .vulnerable, title: "Ventetid", text: "Hvad ser I?",
            asked: Self.day - 60, askedBy: "Eva", due: Self.day - 10)
        func ask(_ version: Int64? = nil) async throws -> (FactID, Receipt) {
            try await cases.ask(
                matter, changing: version, in: Self.herlev, by: consultant, purpose: purpose)
        }
        let (id, receipt) = try await ask()
        #expect(try await cases.book(of: Self.herlev, by: consultant).unanswered.count == 1)
        #expect(try await cases.heard(in: Self.herlev).matters.isEmpty)
        matter.id = id
        matter.answer = "For lang"
        #expect(
            try await problems { _ = try await ask(receipt.number) } == ["answered day"])
        matter.answered = Self.day - 70
        #expect(
            try await problems { _ = try await ask(receipt.number) }
                == ["answered qualityBefore"])
        matter.answered = Self.day - 5
        matter.changed = "Kortere"
        matter.changedOn = Self.day
        _ = try await ask(receipt.number)
        #expect(try await cases.heard(in: Self.herlev).matters == [matter])
        await #expect(throws: Refusal.roleMayNotManageQuality) {
            _ = try await cases.ask(
                matter, in: Self.herlev, by: caseworker, purpose: purpose)
        }
    }

    @Test("The ledger and the tables agree after all of it")
    func verified() async throws {
        let (engine, cases) = try await start()
        let (id, _) = try await draw(cases, new(wanted: 5))
        try await review(cases, id)
        _ = try await cases.close(id, in: Self.herlev, by: consultant, purpose: purpose)
        let found = try await engine.read {
            try LedgerAuditor($0).verify(Self.herlev)
        }
        #expect(found.broken == nil && found.entries > 100)
    }
}
