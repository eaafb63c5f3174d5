import Chronology
import Registry

/// Spells of one person and benefit that share days.
enum Overlaps {
    private struct Owner: Hashable {
        var citizen: CitizenID
        var benefit: Benefit
    }

    static func report(_ rows: [RegistrationImport.Row], _ problems: inout ImportProblems) {
        var spells: [Owner: [(row: RegistrationImport.Row, spell: BenefitSpell)]] = [:]
        for row in rows {
            guard case .benefitSpell(let spell) = row.registration.fact else { continue }
            let owner = Owner(citizen: spell.citizen, benefit: spell.benefit)
            spells[owner, default: []].append((row, spell))
        }
        for group in spells.values where group.count > 1 {
            let sorted = group.sorted {
                ($0.spell.start, $0.row.number) < ($1.spell.start, $1.row.number)
            }
            var longest = sorted[0]
            for next in sorted.dropFirst() {
                if next.spell.start <= longest.spell.end ?? .openEnd {
                    let (first, second) =
                        next.row.number < longest.row.number
                        ? (next, longest) : (longest, next)
                    let span = "\(second.spell.start)–\(second.spell.end?.iso ?? "")"
                    problems.add(
                        ImportProblem(
                            .overlap, row: second.row.number, found: span,
                            otherRow: first.row.number), raw: second.row.raw)
                }
                if next.spell.end ?? .openEnd > longest.spell.end ?? .openEnd { longest = next }
            }
        }
    }
}

/// Conversations that stand in the file twice.
enum Repetitions {
    static func report(_ rows: [RegistrationImport.Row], _ problems: inout ImportProblems) {
        var seen: [Conversation: Int] = [:]
        for row in rows {
            guard case .conversation(var conversation) = row.registration.fact else { continue }
            conversation.id = FactID(0)
            if let other = seen[conversation] {
                problems.add(
                    ImportProblem(.duplicateRow, row: row.number, otherRow: other), raw: row.raw)
            } else {
                seen[conversation] = row.number
            }
        }
    }
}
