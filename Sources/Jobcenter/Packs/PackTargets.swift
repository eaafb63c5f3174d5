import Chronology
import Identifiers
import Indicators
import Parameters
import Plans
import Registry
import Reporting
import Storage

extension PackBuilder {
    /// Each target once, in the order of the plan.
    var targets: [TargetStatus] {
        var seen: Set<String> = []
        return (context.status?.goals ?? []).flatMap(\.targets).filter {
            seen.insert($0.target.id).inserted
        }
    }

    private func isHidden(_ target: TargetStatus) -> Bool {
        !context.showsSmall && target.isHidden(below: context.house.suppression.k)
    }

    mutating func addTargets(to section: inout PackSection, _ front: inout [PackSentence]) {
        guard let status = context.status else {
            section.sentences.append(PackSentence(words("note.noPlan")))
            return
        }
        var table = PackTable(
            id: "targets", title: PackText(status.plan.title),
            columns: [
                words("column.target"), words("column.measured"), words("column.aim"),
                words("column.baseline"), words("column.needed"), words("column.verdict"),
            ])
        for target in targets {
            let id = "targets.\(target.target.id)"
            let measured = measurement("\(id).measured", target.measured, target)
            let baseline = measurement("\(id).baseline", target.baseline, target)
            let aim = plain("\(id).aim", target.aim, target, "plan")
            var needed = plain("\(id).needed", target.needed?.perMonth, target, "plan")
            if isHidden(target) {
                needed.hide()
                needed = keep(needed)
            }
            table.rows.append(
                PackRow(
                    PackText(target.target.text),
                    [
                        .number(measured), .number(aim), .number(baseline), .number(needed),
                        .text(words.plan { $0.verdict(of: target) }),
                    ]))
        }
        section.tables.append(table)
        let sentence = tally()
        section.sentences.append(sentence)
        front.append(sentence)
    }

    private func tally() -> PackSentence {
        func count(_ verdicts: Verdict...) -> PackWords.Argument {
            .count(targets.count { verdicts.contains($0.verdict) })
        }
        return PackSentence(
            words(
                "sentence.targets",
                [
                    "all": .count(targets.count), "good": count(.met, .onTrack),
                    "risk": count(.atRisk), "missed": count(.missed),
                    "open": count(.noNumber, .noData),
                ]))
    }

    private mutating func measurement(
        _ id: String, _ measurement: Plans.Measurement?, _ target: TargetStatus
    ) -> PackNumber {
        let unit = PackUnit(measurement?.unit ?? self.unit(target))
        var number = PackNumber(
            id: id, value: measurement?.value, state: measurement == nil ? .missing : .shown,
            unit: target.rank == nil ? unit : .percentPoints, decimals: unit.decimals,
            period: measurement?.period.description ?? "", source: source(measurement, target),
            isProvisional: measurement?.isProvisional ?? false,
            numerator: measurement?.numerator, denominator: measurement?.denominator,
            persons: measurement?.persons)
        if isHidden(target) { number.hide() }
        return keep(number)
    }

    private func source(
        _ measurement: Plans.Measurement?, _ target: TargetStatus
    ) -> PackNumber.Source {
        if measurement?.source == .published, let published = target.target.published {
            return .published(
                table: published.table, measure: published.measure,
                area: context.municipality.number)
        }
        guard let indicator = target.target.indicator else { return .given("plan") }
        return .register(
            indicator: indicator.name,
            version: context.catalogue.definition(indicator)?.version ?? "",
            filter: PackFilter.pairs(target.target.filter))
    }

    private mutating func plain(
        _ id: String, _ value: Double?, _ target: TargetStatus, _ source: String
    ) -> PackNumber {
        let unit = target.rank == nil ? PackUnit(unit(target)) : .rank
        return keep(
            PackNumber(
                id: id, value: value, state: value == nil ? .undefined : .shown, unit: unit,
                decimals: unit.decimals, period: target.target.period.description,
                source: .given(source)))
    }

    private func unit(_ target: TargetStatus) -> Indicators.Unit {
        target.measured?.unit
            ?? target.target.indicator.flatMap { context.catalogue.definition($0)?.unit }
            ?? .persons
    }

    // MARK: What people wrote

    private func remarks(_ kind: PackNote.Kind, _ subject: String? = nil) -> [PackRemark] {
        context.written.notes.compactMap { note in
            guard case .packNote(let written) = note.fact, written.kind == kind,
                subject == nil || written.subject == subject
            else { return nil }
            let target = targets.first { $0.target.id == written.subject }
            return PackRemark(
                about: target.map { PackText($0.target.text) } ?? PackText(da: "", en: ""),
                text: written.text, writer: written.writer, day: written.day.iso,
                registration: note.number)
        }
    }

    /// The targets that are not on their way, with what the law of figures says and what
    /// those who do the work have written.
    func addDeviations(to section: inout PackSection) {
        let off = targets.filter { [.atRisk, .missed].contains($0.verdict) }
        for target in off {
            let explained = remarks(.explanation, target.target.id)
            let why =
                isHidden(target)
                ? words("note.hidden") : words.plan { $0.explanation(of: target) }
            section.sentences.append(
                PackSentence(
                    words(
                        explained.isEmpty ? "deviation.unexplained" : "deviation.explained",
                        [
                            "target": .text(PackText(target.target.text)),
                            "verdict": .text(words.plan { $0.verdict(of: target) }),
                            "why": .text(why),
                        ]), numbers: ["targets.\(target.target.id).measured"]))
            section.notes += explained
        }
        if off.isEmpty { section.sentences.append(PackSentence(words("deviation.none"))) }
        section.notes += remarks(.explanation, "")
    }

    func addDecisions(to section: inout PackSection, _ front: inout [PackSentence]) {
        section.notes = remarks(.decisionAsked)
        let sentence = PackSentence(
            section.notes.isEmpty
                ? words("decisions.none")
                : words("decisions.some", ["count": .count(section.notes.count)]))
        section.sentences.append(sentence)
        if !section.notes.isEmpty { front.append(sentence) }
        let minutes = remarks(.minutes)
        if !minutes.isEmpty {
            section.sentences.append(
                PackSentence(words("decisions.minutes", ["count": .count(minutes.count)])))
            section.notes += minutes
        }
    }

    /// The front page: at most twelve sentences, thirteen where spending is imported.
    func summary(_ front: [PackSentence]) -> [PackSentence] {
        // What is said where spending is imported pushes nothing else out.
        let found = Array(front.prefix(context.written.spending.isEmpty ? 12 : 13))
        return found.isEmpty ? [PackSentence(words("note.nothing"))] : found
    }

    // MARK: Money

    /// What it would be worth in a year to reach each target that counts full-time persons.
    mutating func targetsInMoney() -> PackTable {
        var table = PackTable(
            id: "targets-in-money", title: words("table.targetsInMoney"),
            columns: [
                words("column.target"), words("column.gap"), words("column.yearlyCost"),
                words("column.worth"),
            ])
        for target in targets
        where unit(target) == .fullTimePersons && !isHidden(target)
            && [.atRisk, .missed].contains(target.verdict)
        {
            let id = "targets.\(target.target.id)"
            guard let benefit = benefit(target), let aim = numbers["\(id).aim"], aim.value != nil,
                let measured = numbers["\(id).measured"], measured.value != nil
            else { continue }
            let gap = derived(
                "\(id).gap", .difference, [aim.id, measured.id], unit: measured.unit,
                period: measured.period)
            let cost = yearlyCost("\(id).yearlyCost", benefit)
            let worth = derived(
                "\(id).worth", .product, [gap.id, cost.id], unit: PackUnit(.kroner),
                period: measured.period)
            table.rows.append(
                PackRow(
                    PackText(target.target.text), [.number(gap), .number(cost), .number(worth)]))
        }
        table.notes += [
            words(table.rows.isEmpty ? "note.noTargetsInMoney" : "note.targetsInMoney"),
            words("note.rates"),
        ]
        return table
    }

    /// The benefit whose full-time persons the target counts, where it is one only.
    private func benefit(_ target: TargetStatus) -> Benefit? {
        if let benefits = target.target.filter.benefits, benefits.count == 1 {
            return benefits.first
        }
        switch target.target.indicator {
        case "flex-job-full-time": return .flexJob
        case "education-aid-full-time": return .educationAid
        case "sickness-full-time": return .sicknessBenefit
        default: return nil
        }
    }

    /// A full-time person's net cost in a year on the last step of the ladder.
    private mutating func yearlyCost(_ id: String, _ benefit: Benefit) -> PackNumber {
        let day = context.quarter.range.start
        let step = context.catalogue.ladderSteps.last
        let weekly = step.flatMap { context.catalogue.weeklyCost(of: benefit, on: $0, day: day) }
        return keep(
            PackNumber(
                id: id, value: weekly.map { $0 / 7 * 365 },
                state: weekly == nil ? .missing : .shown, unit: PackUnit(.kroner), decimals: 0,
                period: "", source: .given("ladder")))
    }
}
