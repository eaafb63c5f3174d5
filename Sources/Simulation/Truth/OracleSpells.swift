import Chronology
import Registry

/// One official spell (forløb): facts that follow each other without a whole
/// empty calendar month between them.
struct OfficialSpell {
    var life: Int
    var benefit: Benefit
    /// All it is made of.
    var benefits: Set<Benefit>
    var first: Day
    /// Nil while no whole empty month has confirmed the end.
    var last: Day?
}

extension Oracle {
    func spells(_ id: String, _ days: [Day], _ filter: Filter) -> Expected? {
        let names = [
            "spells-begun", "spells-ended", "spells-open-start", "spells-open-end",
            "mean-duration-ended", "ended-spells-by-duration", "sickness-mean-duration",
            "sickness-over-26-weeks", "sickness-over-52-weeks", "passive-share",
            "timely-conversations", "spells-begun-from-benefit", "spells-ended-to-benefit",
        ]
        guard names.contains(id) || id.hasPrefix("exit-to-") else { return nil }
        var filter = id.hasPrefix("sickness-") ? Filter(benefits: [.sicknessBenefit]) : filter
        if id == "passive-share", filter.benefits == nil { filter.benefits = readings.helped }
        let first = days[0]
        let end = days[days.count - 1]
        let all = officialSpells(filter)
        let ended = all.filter { spell in spell.last.map { first <= $0 && $0 <= end } ?? false }
        let openAtEnd = all.filter { $0.first <= end && ($0.last ?? .openEnd) > end }
        switch id {
        case "spells-begun":
            return .count(Double(all.count { first <= $0.first && $0.first <= end }))
        case "spells-ended", "ended-spells-by-duration":
            return .count(Double(ended.count))
        case "spells-begun-from-benefit":
            return .count(
                Double(
                    all.count {
                        first <= $0.first && $0.first <= end
                            && hasOther($0, $0.first - 7, $0.first - 1)
                    }))
        case "spells-ended-to-benefit":
            return .count(
                Double(
                    ended.count { spell in
                        spell.last.map { hasOther(spell, $0 + 1, $0 + 7) } ?? false
                    }))
        case "spells-open-start":
            return .count(
                Double(all.count { $0.first < first && ($0.last ?? .openEnd) >= first }))
        case "spells-open-end":
            return .count(Double(openAtEnd.count))
        case "mean-duration-ended", "sickness-mean-duration":
            let weeks = ended.reduce(0.0) { $0 + Double(($1.last ?? end) - $1.first + 1) / 7 }
            return .share(weeks, of: Double(ended.count), times: 1)
        case "sickness-over-26-weeks":
            return .count(Double(openAtEnd.count { end - $0.first > 26 * 7 }))
        case "sickness-over-52-weeks":
            return .count(Double(openAtEnd.count { end - $0.first > 52 * 7 }))
        case "passive-share":
            return passive(openAtEnd, end)
        case "timely-conversations":
            return timely(all, days)
        default:
            return exits(id, ended)
        }
    }

    /// Whether there was another benefit than the spell's on a day of a span.
    private func hasOther(_ spell: OfficialSpell, _ from: Day, _ to: Day) -> Bool {
        lives[spell.life].spells.contains {
            !spell.benefits.contains($0.benefit) && $0.start <= to && ($0.end ?? .openEnd) >= from
        }
    }

    /// Every official spell of the filter's benefits.
    func officialSpells(_ filter: Filter) -> [OfficialSpell] {
        lives.indices.flatMap { index -> [OfficialSpell] in
            var joined: [OfficialSpell] = []
            for fact in lives[index].spells.sorted(by: { $0.start < $1.start }) {
                let place = joined.lastIndex { continues($0, fact) }
                if let place {
                    joined[place].benefit = fact.benefit
                    joined[place].benefits.insert(fact.benefit)
                    joined[place].last = later(joined[place].last, fact.end)
                } else {
                    joined.append(
                        OfficialSpell(
                            life: index, benefit: fact.benefit, benefits: [fact.benefit],
                            first: fact.start, last: fact.end))
                }
            }
            return joined.map { spell in
                var spell = spell
                if let last = spell.last, !isConfirmed(last, spell.benefit) { spell.last = nil }
                return spell
            }.filter { spell in
                guard filter.benefits?.contains(spell.benefit) ?? true else { return false }
                guard let wanted = filter.categories else { return true }
                let day = spell.last ?? truth.through
                return lives[index].category(on: day).map { wanted.contains($0) } ?? false
            }
        }
    }

    private func later(_ a: Day?, _ b: Day?) -> Day? {
        guard let a, let b else { return nil }
        return max(a, b)
    }

    private func continues(_ spell: OfficialSpell, _ next: BenefitSpell) -> Bool {
        let same = spell.benefit == next.benefit
        let fromAllowance =
            spell.benefit == .selfSupportAllowance
            && (next.benefit == .cashBenefit || next.benefit == .educationAid)
        let merged =
            spell.benefit == .educationAid && next.benefit == .cashBenefit
            && next.start == Day(year: 2025, month: 7, day: 1)
        guard same || fromAllowance || merged else { return false }
        guard let last = spell.last else { return true }
        if spell.benefit == .sicknessBenefit { return next.start <= last + 1 }
        return !hasEmptyMonth(after: last, before: next.start)
    }

    /// Whether a calendar month lies wholly between the two days.
    private func hasEmptyMonth(after last: Day, before next: Day) -> Bool {
        var month = last.month + 1
        while month.first < next {
            if month.first > last, month.last < next { return true }
            month = month + 1
        }
        return false
    }

    private func isConfirmed(_ last: Day, _ benefit: Benefit) -> Bool {
        benefit == .sicknessBenefit || hasEmptyMonth(after: last, before: truth.through + 1)
    }

    private func passive(_ open: [OfficialSpell], _ end: Day) -> Expected {
        let from = (end + 1).adding(months: -readings.passiveMonths)
        let old = open.filter { $0.first <= from }
        let without = old.count { spell in
            !lives[spell.life].offers.contains {
                readings.activation.contains($0.kind) && $0.start <= end
                    && ($0.end ?? .openEnd) >= from
            }
        }
        return .share(Double(without), of: Double(old.count))
    }

    private func timely(_ all: [OfficialSpell], _ days: [Day]) -> Expected? {
        guard !readings.deadlines.isEmpty else { return nil }
        var due = 0
        var met = 0
        for spell in all {
            let life = lives[spell.life]
            for deadline in readings.deadlines where deadline.benefits.contains(spell.benefit) {
                let day = spell.first + deadline.days
                let isReady =
                    deadline.categories.map { wanted in
                        life.category(on: day).map { wanted.contains($0) } ?? false
                    } ?? true
                guard days.contains(day), isReady, day <= spell.last ?? .openEnd,
                    deadline.from.map({ $0 <= day }) ?? true,
                    deadline.to.map({ day <= $0 }) ?? true,
                    life.spells.contains(where: { $0.covers(day) }),
                    !life.exemptions.contains(where: { $0.covers(day) })
                else { continue }
                let held = life.conversations.count {
                    $0.status == .held && spell.first <= $0.day && $0.day <= day
                }
                due += 1
                if held >= deadline.count { met += 1 }
            }
        }
        return .share(Double(met), of: Double(due))
    }

    /// One status by the official order so many days after the last benefit day.
    private func exits(_ id: String, _ ended: [OfficialSpell]) -> Expected? {
        let parts = id.split(separator: "-")
        let waits = ["1m": 30, "3m": 92, "6m": 182, "12m": 365]
        guard let wait = parts.last.flatMap({ waits[String($0)] }) else { return nil }
        let wanted: Set<Status> =
            id.hasPrefix("exit-to-work")
            ? [.work]
            : id.hasPrefix("exit-to-education") ? [.education] : [.education, .work, .alone]
        var hits = 0
        var all = 0
        for spell in ended {
            guard let last = spell.last, last + wait <= truth.through else { continue }
            all += 1
            if wanted.contains(status(lives[spell.life], last + wait)) { hits += 1 }
        }
        return .share(Double(hits), of: Double(all))
    }

    private enum Status { case benefit, education, work, other, alone }

    /// Benefits first, then education, wage work in the month, leave or old age,
    /// and self-support; one who has moved away is none of these.
    private func status(_ life: Life, _ day: Day) -> Status {
        let paid = life.spells.filter { $0.covers(day) }
        let aside: Set<Benefit> = [.parentalLeave, .oldAgePension]
        if paid.contains(where: { !aside.contains($0.benefit) }) { return .benefit }
        if life.enrolments.contains(where: { $0.covers(day) }) { return .education }
        let month = day.month
        let works = life.employments.contains {
            $0.start <= min(month.last, truth.through) && ($0.end ?? .openEnd) >= month.first
        }
        if works { return .work }
        return !paid.isEmpty || !life.lives(on: day) ? .other : .alone
    }
}
