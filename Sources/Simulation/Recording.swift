import Chronology
import Identifiers
import Registry

/// When each fact is registered, and in which form: most are registered open
/// when they begin and corrected when they end; some come late, a few are wrong at
/// first.
struct Recording {
    private let truth: Truth
    private let plan: Calibration.Recording
    private let seed: UInt64
    private let booked: [Int8]
    private let start = SimulationConfiguration.firstDay
    private var entries: [Entry] = []
    /// Of each benefit spell the next one of the same citizen and benefit, and the
    /// last day of the one before.
    private let following: [Int?]
    private let endBefore: [Day?]

    private enum Form: UInt8 { case final, open, wrong, planned }
    private struct Entry {
        var day: Int32
        var index: Int32
        var kind: FactKind
        var form: Form
    }

    init(_ world: World) {
        truth = world.truth
        plan = world.data.recording
        seed = world.configuration.seed ^ UInt64(world.configuration.municipality.number) << 32
        booked = world.booked
        var following = [Int?](repeating: nil, count: truth.spells.count)
        var endBefore = [Day?](repeating: nil, count: truth.spells.count)
        var latest: [SpellKey: Int] = [:]
        for (index, spell) in truth.spells.enumerated() {
            let key = SpellKey(citizen: spell.citizen, benefit: spell.benefit)
            if let before = latest.updateValue(index, forKey: key) {
                following[before] = index
                endBefore[index] = truth.spells[before].end
            }
        }
        self.following = following
        self.endBefore = endBefore
    }

    private struct SpellKey: Hashable {
        var citizen: CitizenID
        var benefit: Benefit
    }

    /// Hands out the registrations in the order of their days. Those that would
    /// come after the last day have not happened.
    mutating func emit(_ emit: (Registration) throws -> Void) rethrows {
        collect()
        // A stable counting sort: one pass over the days, in the order collected.
        let first = start.number
        let days = Int(truth.through.number - first) + 1
        var places = [Int](repeating: 0, count: days + 1)
        for entry in entries { places[Int(entry.day - first) + 1] += 1 }
        for day in 1...days { places[day] += places[day - 1] }
        var order = [Int32](repeating: 0, count: entries.count)
        for (index, entry) in entries.enumerated() {
            let day = Int(entry.day - first)
            order[places[day]] = Int32(index)
            places[day] += 1
        }
        for place in order {
            let entry = entries[Int(place)]
            try emit(
                Registration(
                    municipality: truth.municipality, recordedOn: Day(number: entry.day),
                    fact: fact(entry.kind, Int(entry.index), entry.form)))
        }
    }

    private mutating func collect() {
        let t = truth
        for index in t.companies.indices { add(.company, index, start) }
        periods(.productionUnit, t.units.map { ($0.start, $0.end) })
        for (index, residence) in t.residences.enumerated() {
            add(.citizen, index, residence.start)
        }
        periods(.residence, t.residences.map { ($0.start, $0.end) })
        periods(.household, t.households.map { ($0.start, $0.end) })
        periods(.education, t.educations.map { ($0.start, $0.end) })
        periods(.enrolment, t.enrolments.map { ($0.start, $0.end) })
        periods(
            .benefitSpell, t.spells.map { ($0.start, $0.end) }, wrong: plan.wrong,
            following: following)
        periods(.targetGroup, t.targetGroups.map { ($0.start, $0.end) })
        periods(.matchCategory, t.matchCategories.map { ($0.start, $0.end) })
        for (index, talk) in t.conversations.enumerated() { talks(index, talk) }
        periods(.exemption, t.exemptions.map { ($0.start, $0.end) })
        periods(.offer, t.offers.map { ($0.start, $0.end) })
        periods(.employment, t.employments.map { ($0.start, $0.end) })
        events(.companyContact, t.contacts.map(\.day))
        events(.jobOrder, t.orders.map(\.created))
        events(.referral, t.referrals.map(\.day))
        events(.placement, t.placements.map(\.day))
        periods(.complaint, t.complaints.map { ($0.received, $0.decided) })
        events(.feedback, t.feedback.map(\.day))
        events(.survey, t.surveys.map(\.closed))
        for (index, member) in t.staff.enumerated() { add(.staffMember, index, member.start) }
        periods(.assignment, t.assignments.map { ($0.start, $0.end) })
        for (index, note) in t.conversationNotes.enumerated() {
            // Conversations are numbered from 1 in their order.
            let talk = Int(note.id.number) - 1
            add(.conversationNote, index, t.conversations[talk].day - Int(booked[talk]))
        }
    }

    private mutating func add(
        _ kind: FactKind, _ index: Int, _ day: Day, _ form: Form = .final
    ) {
        let day = max(day, start)
        guard day <= truth.through else { return }
        entries.append(
            Entry(day: day.number, index: Int32(index), kind: kind, form: form))
    }

    /// Draws from the fact's own numbers, so that a longer simulation registers
    /// what came before in the same way.
    private func random(_ kind: FactKind, _ index: Int) -> Randomness {
        var mark: UInt64 = 0
        for byte in kind.rawValue.utf8.prefix(6) { mark = mark << 7 ^ UInt64(byte) }
        return Randomness(seed: seed ^ mark << 21, stream: UInt64(index) + 1)
    }

    private func lag(_ random: inout Randomness) -> Int {
        let ticket = random.unit() * 100
        if ticket < plan.sameDay { return 0 }
        return ticket < plan.sameDay + plan.week ? random.whole(1, 7) : random.whole(8, 42)
    }

    private mutating func events(_ kind: FactKind, _ days: [Day]) {
        for (index, day) in days.enumerated() {
            var random = random(kind, index)
            add(kind, index, day + lag(&random))
        }
    }

    private mutating func periods(
        _ kind: FactKind, _ periods: [(start: Day, end: Day?)], wrong: Double = 0,
        following: [Int?] = []
    ) {
        func opening(_ index: Int, _ random: inout Randomness) -> Day {
            max(start, periods[index].start + lag(&random))
        }
        for (index, period) in periods.enumerated() {
            var random = random(kind, index)
            let opened = opening(index, &random)
            let mistaken = period.start > start && random.chance(wrong / 100)
            var closed = period.end.map { $0 + lag(&random) }
            // The store takes no other spell while this one is open.
            var next = following.isEmpty ? nil : following[index]
            while let other = next, let late = closed, periods[other].start < late {
                var random = self.random(kind, other)
                closed = min(late, opening(other, &random))
                next = following[other]
            }
            let corrected = opened + random.whole(5, 40)
            if let closed, closed <= opened {
                add(kind, index, opened)
                continue
            }
            if mistaken, closed.map({ corrected < $0 }) ?? true {
                add(kind, index, opened, .wrong)
                add(kind, index, corrected, .open)
            } else {
                add(kind, index, opened, .open)
            }
            if let closed { add(kind, index, closed) }
        }
    }

    private mutating func talks(_ index: Int, _ talk: Conversation) {
        var random = random(.conversation, index)
        let planned = talk.day - Int(booked[index])
        add(.conversation, index, planned, .planned)
        guard talk.status != .planned else { return }
        add(.conversation, index, talk.day + lag(&random))
    }

    private func fact(_ kind: FactKind, _ index: Int, _ form: Form) -> Fact {
        switch kind {
        case .citizen: .citizen(truth.citizens[index])
        case .residence: .residence(opened(truth.residences[index], \.end, form))
        case .household: .household(opened(truth.households[index], \.end, form))
        case .education: .education(opened(truth.educations[index], \.end, form))
        case .enrolment: .enrolment(opened(truth.enrolments[index], \.end, form))
        case .benefitSpell: .benefitSpell(spell(index, form))
        case .targetGroup: .targetGroup(opened(truth.targetGroups[index], \.end, form))
        case .matchCategory: .matchCategory(opened(truth.matchCategories[index], \.end, form))
        case .conversation: .conversation(talk(truth.conversations[index], form))
        case .exemption: .exemption(opened(truth.exemptions[index], \.end, form))
        case .offer: .offer(opened(truth.offers[index], \.end, form))
        case .employment: .employment(opened(truth.employments[index], \.end, form))
        case .company: .company(truth.companies[index])
        case .productionUnit: .productionUnit(opened(truth.units[index], \.end, form))
        case .companyContact: .companyContact(truth.contacts[index])
        case .jobOrder: .jobOrder(truth.orders[index])
        case .referral: .referral(truth.referrals[index])
        case .placement: .placement(truth.placements[index])
        case .complaint: .complaint(complaint(truth.complaints[index], form))
        case .feedback: .feedback(truth.feedback[index])
        case .staffMember: .staffMember(truth.staff[index])
        case .assignment: .assignment(opened(truth.assignments[index], \.end, form))
        case .conversationNote: .conversationNote(truth.conversationNotes[index])
        case .survey, .dutyHeld, .planItem, .effort, .effortHours, .caseAct, .partialReturn,
            .caseRecord, .decision, .message, .document, .mailing, .packNote, .packEdition,
            .budgetLine, .spendingLine, .companyEntry, .workplaceEntry, .companyRecord,
            .contactNote, .orderDescription, .orderEvent, .jobProfile, .cv, .partnership,
            .partnershipMember, .poolConsent, .jobShop, .shopVisit, .jobEvent, .eventStand,
            .eventSignUp, .eventSeat, .agreement, .agreementSigner, .agreementMark, .surveyWave,
            .surveySending, .caseAudit, .auditedCase, .qualityAction, .trainingCourse, .focusGroup,
            .focusMember, .councilMatter, .complaintStep, .adviserEntry:
            .survey(truth.surveys[index])
        }
    }

    private func opened<Item>(
        _ item: Item, _ end: WritableKeyPath<Item, Day?>, _ form: Form
    ) -> Item {
        guard form != .final else { return item }
        var item = item
        item[keyPath: end] = nil
        return item
    }

    private func spell(_ index: Int, _ form: Form) -> BenefitSpell {
        var spell = opened(truth.spells[index], \.end, form)
        if form == .wrong {
            let mistaken = spell.start - 3 - Int(spell.id.number % 9)
            spell.start = endBefore[index].map { max(mistaken, $0 + 1) } ?? mistaken
        }
        return spell
    }

    private func talk(_ talk: Conversation, _ form: Form) -> Conversation {
        var talk = talk
        if form == .planned { talk.status = .planned }
        return talk
    }

    private func complaint(_ complaint: Complaint, _ form: Form) -> Complaint {
        var complaint = complaint
        if form == .open {
            complaint.decided = nil
            complaint.outcome = nil
        }
        return complaint
    }
}
