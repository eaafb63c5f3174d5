import Chronology
import Identifiers
import Registry

extension World {
    /// The spells that already run on the first day.
    mutating func fillStreamsAtStart() {
        for stream in streams.indices {
            var missing = streams[stream].wanted[0]
            while missing >= 1 || random.chance(missing) {
                let days = streams[stream].duration.daysOfOngoing(&random)
                let passed = random.below(days)
                guard let who = candidate(stream, pick: { world in world.start }) else { break }
                let first = max(people[who.person].entered, start - passed)
                guard max(first, people[who.person].born + 16 * 365) <= start else { continue }
                if people[who.person].job >= 0, endsWork(stream) {
                    clearJobBefore(who.person, first)
                }
                missing -= begin(
                    stream, who.person, on: first, days: start - first + days - passed)
            }
        }
    }

    /// A job that lay before the first day's benefit ends with it, or never was.
    private mutating func clearJobBefore(_ who: Int, _ first: Day) {
        let job = people[who].job
        let began = truth.employments[job].start
        // An end before the beginning takes the job out when the facts are settled.
        truth.employments[job].end = (began < first ? first : began) - 1
        people[who].job = -1
        people[who].changed = Person.never
    }

    /// Begins as many spells in the month as bring each stream to its level on the
    /// month's last day.
    mutating func fillStreams(monthIndex: Int) {
        let last = months[monthIndex].last
        for stream in streams.indices {
            if let closed = streams[stream].spec.closed?.day, last >= closed { continue }
            let wanted = streams[stream].wanted
            let goal = (wanted[monthIndex] + wanted[monthIndex + 1]) / 2
            var rounds = 0
            while rounds < Int(goal) + 60 {
                rounds += 1
                let missing = goal - loads[stream][monthIndex]
                guard missing >= 1 || (missing > 0 && random.chance(missing)) else { break }
                guard let who = candidate(stream, pick: { $0.dayIn(monthIndex) }) else { break }
                let days = streams[stream].duration.days(&random)
                begin(stream, who.person, on: who.day, days: days)
                if missing < 1 { break }
            }
        }
    }

    /// Somebody whom the stream fits on a day drawn by `pick`, or nil when many
    /// were tried in vain.
    private mutating func candidate(
        _ stream: Int, pick: (inout World) -> Day
    ) -> (person: Int, day: Day)? {
        let spec = streams[stream].spec
        let mostForeign = spec.nonWestern ?? 1
        for _ in 0..<3_000 {
            let who = random.below(people.count)
            let day = pick(&self)
            let person = people[who]
            let age = person.years(on: day)
            guard age < 67, day < person.pension else { continue }
            let foreign =
                person.origin == .nonWesternImmigrant || person.origin == .nonWesternDescendant
            let weight = streams[stream].ages[age] * (foreign ? 1 : 1 / mostForeign)
            guard weight > 0, random.chance(weight), fits(spec.from, who, on: day) else { continue }
            return (who, day)
        }
        return nil
    }

    private mutating func fits(_ source: StreamSpec.Source, _ who: Int, on day: Day) -> Bool {
        let person = people[who]
        guard person.lives(on: day), !person.studies(on: day) else { return false }
        if source == .working, person.flexUntil >= day, person.sickUntil < day {
            return person.busyUntil == person.flexUntil && random.chance(0.5)
        }
        // On the first day jobs are there already and make way.
        let free = day == start ? person.busyUntil < day : person.isFree(on: day)
        guard free, person.sickUntil < day else { return false }
        switch source {
        case .any: return !works(who, on: day) || random.chance(0.15)
        case .insured: return person.insured
        case .qualified:
            return !person.insured && !person.isYoungUnqualified(on: day)
                && (!works(who, on: day) || random.chance(0.3))
        case .uninsured: return !person.insured && (!works(who, on: day) || random.chance(0.3))
        case .unqualified: return person.isYoungUnqualified(on: day)
        case .newcomer:
            return person.origin == .nonWesternImmigrant
                && person.permit.map { $0.year >= 2010 }
                    ?? false
        case .working: return day == start || works(who, on: day)
        case .leave: return random.chance(person.sex == .female ? 1 : 0.18)
        }
    }

    func endsWork(_ stream: Int) -> Bool {
        switch streams[stream].spec.benefit.value {
        case .sicknessBenefit, .parentalLeave: false
        default: true
        }
    }

    /// Begins a spell and draws all that goes with it and follows it. Gives the
    /// part of a full-time person that it adds on its first day.
    @discardableResult
    mutating func begin(_ stream: Int, _ who: Int, on first: Day, days: Int) -> Double {
        guard first <= through else { return 0 }
        let spec = streams[stream].spec
        if let closed = spec.closed?.day, first >= closed { return 0 }
        let beside = spec.benefit.value == .sicknessBenefit && people[who].flexUntil >= first
        var limit = min(people[who].leaves, people[who].pension - 1)
        let older = spec.fromThirty.flatMap { streamIndex[$0] }
        if older != nil { limit = min(limit, people[who].thirty - 1) }
        let days = tryEffort(stream, who, on: first, days: days, within: limit)
        let natural = first + days - 1
        let last = min(natural, beside ? min(limit, people[who].flexUntil) : limit)
        guard last >= first else { return 0 }
        leaveWork(stream, who, first, last)
        let degree = pay(stream, who, first, last)
        classify(stream, who, first, last)
        follow(stream, who, first, last)
        if beside {
            people[who].sickUntil = last
            return degree
        }
        people[who].busyUntil = max(people[who].busyUntil, last)
        if spec.benefit.value == .flexJob { workFlexibly(who, first, last) }
        let seeking = spec.category?.value == .jobReady
        if seeking || spec.benefit.value.keepsInLabourForce { people[who].forceUntil = last }
        if seeking { jobSeeking.append(Episode(person: who, start: first, end: last)) }
        if let older, last < natural, last + 1 == people[who].thirty {
            begin(older, who, on: last + 1, days: streams[older].duration.days(&random))
        } else if last == natural, last < through {
            goOn(stream, who, first: first, after: last)
        }
        return degree
    }

    private mutating func leaveWork(_ stream: Int, _ who: Int, _ first: Day, _ last: Day) {
        guard works(who, on: first) else { return }
        if endsWork(stream) {
            endJob(who, on: first - 1)
        } else if last - first > 26 * 7 {
            endJob(who, on: first + random.whole(60, 150))
        }
    }

    private mutating func workFlexibly(_ who: Int, _ first: Day, _ last: Day) {
        people[who].flexUntil = last
        if first > start, first <= through {
            comingJobs[monthIndex(first)].append(
                ComingJob(
                    person: who, employment: truth.employments.count, spellStart: first - 60))
        }
        truth.employments.append(
            Employment(
                id: FactID(0), citizen: citizen(who), kind: .flexJob, start: first, end: last,
                weekly: WeeklyTime(minutes: Int32(random.whole(4, 24) * 60)), unit: drawUnit()))
    }

    /// What comes after a spell that ended by itself.
    private mutating func goOn(_ stream: Int, _ who: Int, first: Day, after last: Day) {
        switch streams[stream].exits.draw(&random) ?? .none {
        case .work:
            if works(who, on: last) { return }
            let day = last + 1 + (random.chance(0.6) ? 0 : random.whole(1, 12))
            guard day < min(people[who].leaves, people[who].pension), day <= through else { return }
            let job = beginJob(who, on: day)
            people[who].busyUntil = day
            if streams[stream].spec.category?.value == .jobReady {
                comingJobs[monthIndex(day)].append(
                    ComingJob(person: who, employment: job, spellStart: first))
            }
        case .education:
            let day = last + 1 + random.whole(0, 20)
            let end = min(people[who].leaves, day + random.whole(200, 1_100))
            guard end > day else { return }
            let kinds: [EnrolmentKind] = [
                .stateGrant, .stateGrant, .apprenticeship, .preparatory, .adultApprenticeship,
            ]
            truth.enrolments.append(
                Enrolment(
                    id: FactID(0), citizen: citizen(who), kind: kinds[random.below(kinds.count)],
                    start: day, end: end))
            people[who].busyUntil = end
        case .again:
            let day = last + random.whole(34, 120)
            people[who].busyUntil = day
            begin(stream, who, on: day, days: streams[stream].duration.days(&random))
        case .alone:
            people[who].busyUntil = last + random.whole(20, 200)
        case .none:
            break
        case .stream(let next):
            begin(next, who, on: last + 1, days: streams[next].duration.days(&random))
        }
    }

    /// Match category and target group for the whole spell.
    private mutating func classify(_ stream: Int, _ who: Int, _ first: Day, _ last: Day) {
        let spec = streams[stream].spec
        if let category = spec.category?.value {
            truth.matchCategories.append(
                MatchCategoryPeriod(
                    id: FactID(0), citizen: citizen(who), category: category, start: first,
                    end: last))
        }
        if let group = spec.group?.value {
            truth.targetGroups.append(
                TargetGroupPeriod(
                    id: FactID(0), citizen: citizen(who), group: group, start: first, end: last))
        }
    }

    /// The benefit itself: in parts where work interrupts it, the degree changes
    /// or the law gives it another name. Gives the part of a full-time person on
    /// the first day.
    private mutating func pay(_ stream: Int, _ who: Int, _ first: Day, _ last: Day) -> Double {
        let spec = streams[stream].spec
        var minutes = WeeklyTime.full.minutes
        if let partial = spec.partial, spec.benefit.value != .sicknessBenefit,
            random.chance(partial.chance)
        {
            minutes = Int32(Double(minutes) * random.real(partial.low, partial.high))
        }
        let starting = Double(minutes) / Double(WeeklyTime.full.minutes)
        if spec.benefit.value == .sicknessBenefit, let partial = spec.partial, last - first > 40,
            random.chance(partial.chance)
        {
            let back = first + random.whole(28, last - first - 5)
            payPart(stream, who, first, back - 1, minutes)
            let reduced = Int32(Double(minutes) * random.real(partial.low, partial.high))
            payPart(stream, who, back, last, reduced)
            return starting
        }
        var from = first
        if let chance = spec.gaps {
            var day = first + Int(random.exponential(mean: 30 / chance))
            while day < last - 30 {
                let end = day + random.whole(2, 24)
                payPart(stream, who, from, day - 1, minutes)
                truth.employments.append(
                    Employment(
                        id: FactID(0), citizen: citizen(who), kind: .ordinary, start: day,
                        end: end, weekly: WeeklyTime(minutes: Int32(random.whole(15, 37) * 60)),
                        unit: drawUnit()))
                from = end + 1
                day = from + 1 + Int(random.exponential(mean: 30 / chance))
            }
        }
        payPart(stream, who, from, last, minutes)
        return starting
    }

    private mutating func payPart(
        _ stream: Int, _ who: Int, _ first: Day, _ last: Day, _ minutes: Int32
    ) {
        guard last >= first, first <= through else { return }
        let benefit = streams[stream].spec.benefit.value
        let merger = data.merger
        func add(_ benefit: Benefit, _ from: Day, _ to: Day) {
            // Two streams of one benefit may choose the same person.
            let key = Paid(who: who, benefit: benefit)
            let from = max(from, paidUntil[key].map { $0 + 1 } ?? from)
            guard from <= to else { return }
            paidUntil[key] = to
            truth.spells.append(
                BenefitSpell(
                    id: FactID(0), citizen: citizen(who), benefit: benefit, start: from, end: to,
                    degree: WeeklyTime(minutes: minutes)))
        }
        if merger.benefits.contains(where: { $0.value == benefit }), last >= merger.from.day {
            if first < merger.from.day { add(benefit, first, merger.from.day - 1) }
            add(merger.into.value, max(first, merger.from.day), last)
        } else {
            add(benefit, first, last)
        }
        count(stream, first, last, Double(minutes) / Double(WeeklyTime.full.minutes))
    }

    /// Adds to the load of every month whose last day the part covers.
    private mutating func count(_ stream: Int, _ first: Day, _ last: Day, _ degree: Double) {
        guard last >= start else { return }
        var index = monthIndex(max(first, start))
        while index < months.count, months[index].last <= last {
            loads[stream][index] += degree
            index += 1
        }
    }
}

extension Benefit {
    /// Counted in the labour force though not unemployed.
    fileprivate var keepsInLabourForce: Bool {
        switch self {
        case .sicknessBenefit, .parentalLeave, .flexJob: true
        default: false
        }
    }
}
