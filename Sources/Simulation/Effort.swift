import Chronology
import Identifiers
import Registry

extension World {
    /// What the jobcenter and the citizen do in the course of a spell:
    /// conversations, exemptions, offers and small jobs. Only the last year before
    /// the first day is drawn, since no figure looks further back.
    mutating func follow(_ stream: Int, _ who: Int, _ first: Day, _ last: Day) {
        let from = max(first, start - 365)
        guard from <= last else { return }
        talk(stream, who, from: from, begun: first, to: last)
        if streams[stream].spec.contact > 0 { exempt(who, from, min(last, through)) }
        offer(stream, who, from: from, begun: first, to: last)
        workBeside(stream, who, from: from, begun: first, to: last)
    }

    private mutating func talk(
        _ stream: Int, _ who: Int, from: Day, begun: Day, to last: Day
    ) {
        let spec = streams[stream].spec
        let plan = data.conversations
        guard spec.contact > 0 else { return }
        // So many are held that the rate of those held comes out.
        let gap =
            30 / spec.contact * (1 - (plan.missed + plan.cancelled) / 100)
            * random.real(plan.fastest, plan.slowest)
        var day = from + random.whole(plan.first.low, plan.first.high)
        if spec.name == data.fundsMeet.stream, begun >= data.fundsMeet.from.day {
            day = max(day, begun + data.fundsMeet.days + random.below(28))
        } else if spec.contact < 0.1 {
            day = from + random.below(Int(gap))
        }
        while true {
            day = workdays.next(day)
            let lead = random.whole(plan.booked.low, plan.booked.high)
            guard day <= last, day - lead <= through, day < people[who].leaves else { return }
            var status = ConversationStatus.planned
            if day <= through {
                let ticket = random.unit() * 100
                status =
                    ticket < plan.missed
                    ? .missed : ticket < plan.missed + plan.cancelled ? .cancelled : .held
            }
            addConversation(who, day, kind: spec.conversation?.value ?? .job, status, lead: lead)
            let wait =
                status == .held || status == .planned
                ? max(5, Int(random.real(0.6, 1.4) * gap)) : random.whole(6, 14)
            day = day + wait
        }
    }

    private mutating func addConversation(
        _ who: Int, _ day: Day, kind: ConversationKind, _ status: ConversationStatus, lead: Int
    ) {
        let plan = data.conversations
        let ticket = random.unit() * 100
        let form: ConversationForm =
            ticket < plan.phone ? .phone : ticket < plan.phone + plan.video ? .video : .physical
        let joint = kind == .job && random.chance(plan.joint / 100)
        truth.conversations.append(
            Conversation(
                id: FactID(Int64(truth.conversations.count) + 1), citizen: citizen(who), day: day,
                kind: joint ? .joint : kind, form: form, status: status))
        booked.append(Int8(clamping: lead))
    }

    private mutating func exempt(_ who: Int, _ from: Day, _ last: Day) {
        guard last > from, random.chance(data.exemptions.chance) else { return }
        let day = from + random.below(last - from)
        let end = min(
            last, day + random.whole(data.exemptions.days.low, data.exemptions.days.high))
        let reasons: [ExemptionReason] = [.holiday, .holiday, .illness, .leave, .soonInWork]
        truth.exemptions.append(
            Exemption(
                id: FactID(0), citizen: citizen(who), reason: reasons[random.below(reasons.count)],
                start: day, end: end))
    }

    private mutating func offer(
        _ stream: Int, _ who: Int, from: Day, begun: Day, to last: Day
    ) {
        guard let plan = streams[stream].offers else { return }
        // One met in the middle of a spell is as likely as any other to be in an offer.
        let inside = from > begun && random.chance(plan.time)
        let steering = data.offers.steering
        let steered = random.chance(steering.chance)
        // When one who is steered gets an offer directed at employment at the latest.
        var due = from + random.whole(from > begun ? 1 : steering.days.low, steering.days.high)
        var day = from + (inside ? 0 : 1 + Int(random.exponential(mean: plan.between)))
        while true {
            let isDue = steered && day > due
            if isDue { day = due }
            guard day < last, day <= through else { return }
            guard let kind = (isDue ? plan.directed : plan.kinds).draw(&random) else { return }
            let end = min(last, day + random.whole(kind.low, kind.high))
            if kind.kind == configuration.knownEffect?.kind {
                day = end + 1
                continue
            }
            let unit = kind.kind.isCompanyBased ? drawUnit() : nil
            truth.offers.append(
                Offer(
                    id: FactID(0), citizen: citizen(who), kind: kind.kind, start: day, end: end,
                    weekly: WeeklyTime(minutes: kind.minutes), unit: unit))
            if kind.kind == .wageSubsidyPrivate || kind.kind == .wageSubsidyPublic {
                truth.employments.append(
                    Employment(
                        id: FactID(0), citizen: citizen(who), kind: .wageSubsidy, start: day,
                        end: end, weekly: WeeklyTime(minutes: kind.minutes), unit: unit))
            }
            day = end + 1 + Int(random.exponential(mean: plan.between))
            let directed = steering.kinds.contains { $0.value == kind.kind }
            due = max(
                due,
                end + (directed ? random.whole(steering.days.low, steering.days.high) : 1))
        }
    }

    private mutating func workBeside(
        _ stream: Int, _ who: Int, from: Day, begun: Day, to last: Day
    ) {
        let part = streams[stream].smallJobs
        guard part > 0 else { return }
        let between = 130 * (1 - part) / part
        let inside = from > begun && random.chance(part)
        var day = from + (inside ? 0 : 1 + Int(random.exponential(mean: between)))
        while day < last, day <= through {
            let end = min(last, day + random.whole(60, 200))
            truth.employments.append(
                Employment(
                    id: FactID(0), citizen: citizen(who), kind: .ordinary, start: day, end: end,
                    weekly: WeeklyTime(minutes: Int32(random.whole(2, 15) * 60)),
                    unit: drawUnit()))
            day = end + 1 + Int(random.exponential(mean: between))
        }
    }
}
