import Parameters
import Registry

/// How many points each term can give. They are whole numbers, so that a ranking is the same
/// everywhere and can be added up by hand.
public enum MatchPoints {
    public static let occupation = 40
    public static let must = 25
    public static let nice = 10
    public static let hours = 10
    public static let distance = 15
    /// For one who asked for the job.
    public static let ownYes = 20

    /// The occupation term: all for the one wished for, and a share as large as the nearness,
    /// up to three quarters, for one near it.
    static func occupation(_ nearness: Nearness) -> Int {
        Int((Double(occupation) * 0.75 * nearness.value).rounded())
    }

    /// `count` of `all`, none of them being all.
    static func share(_ count: Int, of all: Int, _ most: Int) -> Int {
        all == 0 ? most : most * count / all
    }

    /// Minutes that both can, of those the job has at the least.
    static func hours(_ first: WeeklyHours, _ job: WeeklyHours) -> (points: Int, common: Int) {
        let common = min(first.most.minutes, job.most.minutes)
        if common >= max(first.least.minutes, job.least.minutes) { return (hours, Int(common)) }
        // Too few hours are worth their share of what is asked for, too many are not wished for.
        guard first.most.minutes < job.least.minutes, job.least.minutes > 0 else {
            return (0, 0)
        }
        return (hours * Int(common) / Int(job.least.minutes) / 2, Int(common))
    }

    /// All at the door, a third at the border of what the person will go, nothing beyond.
    static func distance(_ kilometres: Int, farthest: Int) -> Int {
        guard kilometres <= farthest else { return 0 }
        return distance - distance * 2 * kilometres / (3 * max(1, farthest))
    }

    /// Whole kilometres between two places.
    static func kilometres(_ first: Postcode, _ second: Postcode) -> Int {
        Int(first.distance(to: second).rounded())
    }
}

extension Taxonomy {
    /// How well a person and a job fit; nil where the person does not seek such a job. The same
    /// two cards give the same suggestion. O(wishes + skills).
    public func suggestion(
        _ candidate: CandidateCard, for job: JobCard, ownYes: Bool = false
    ) -> Suggestion? {
        guard candidate.kinds.contains(job.kind) else { return nil }
        var terms = [occupationTerm(candidate.wishes, job.occupation)]
        if !job.must.isEmpty {
            let has = job.must.filter(candidate.skills.contains)
            terms.append(
                MatchTerm(
                    reason: .must(
                        has: has, lacks: job.must.filter { !candidate.skills.contains($0) }),
                    points: MatchPoints.share(has.count, of: job.must.count, MatchPoints.must),
                    most: MatchPoints.must))
        }
        if !job.nice.isEmpty {
            let has = job.nice.filter(candidate.skills.contains)
            terms.append(
                MatchTerm(
                    reason: .nice(
                        has: has, lacks: job.nice.filter { !candidate.skills.contains($0) }),
                    points: MatchPoints.share(has.count, of: job.nice.count, MatchPoints.nice),
                    most: MatchPoints.nice))
        }
        let (points, common) = MatchPoints.hours(candidate.hours, job.hours)
        terms.append(
            MatchTerm(
                reason: .hours(common: common, most: Int(job.hours.most.minutes)),
                points: points, most: MatchPoints.hours))
        terms.append(distanceTerm(candidate, job))
        if ownYes {
            terms.append(
                MatchTerm(
                    reason: .ownYes, points: MatchPoints.ownYes, most: MatchPoints.ownYes))
        }
        return Suggestion(candidate: candidate.id, terms: terms)
    }

    private func occupationTerm(_ wishes: [String], _ occupation: String) -> MatchTerm {
        var best = MatchTerm(reason: .far, points: 0, most: MatchPoints.occupation)
        for wish in wishes {
            if wish == occupation {
                return MatchTerm(
                    reason: .wished(wish), points: MatchPoints.occupation,
                    most: MatchPoints.occupation)
            }
            guard let nearness = nearness(of: wish, to: occupation) else { continue }
            let points = MatchPoints.occupation(nearness)
            guard points > best.points else { continue }
            best = MatchTerm(
                reason: .near(
                    wish, shared: nearness.sharedSkills.count, of: nearness.skillsOfEither,
                    digits: nearness.sharedDigits), points: points,
                most: MatchPoints.occupation)
        }
        return best
    }

    private func distanceTerm(_ candidate: CandidateCard, _ job: JobCard) -> MatchTerm {
        guard let from = candidate.place, let to = job.place else {
            return MatchTerm(reason: .placeUnknown, points: 0, most: MatchPoints.distance)
        }
        let kilometres = MatchPoints.kilometres(from, to)
        return MatchTerm(
            reason: .distance(kilometres, farthest: candidate.farthest),
            points: MatchPoints.distance(kilometres, farthest: candidate.farthest),
            most: MatchPoints.distance)
    }
}
