/// How near two occupations are, and why (nærhed mellem stillinger). It says something about
/// occupations and nothing about a person.
public struct Nearness: Hashable, Sendable {
    /// Ids of the skills that both use, in the order of the first occupation.
    public var sharedSkills: [String]
    /// Skills that at least one of the two uses.
    public var skillsOfEither: Int
    /// Leading digits of ISCO-08 that they share, 0...4.
    public var sharedDigits: Int

    /// From 0, nothing in common, to 1: half from the share of skills that are common, half
    /// from the common digits of ISCO-08.
    public var value: Double {
        let skills =
            skillsOfEither == 0 ? 0 : Double(sharedSkills.count) / Double(skillsOfEither)
        return (skills + Double(sharedDigits) / 4) / 2
    }
}

extension Taxonomy {
    /// How near two occupations are; nil when one of the ids is unknown. Essential and
    /// optional skills count alike, certificates do not. O(skills of both).
    public func nearness(of first: String, to second: String) -> Nearness? {
        guard let first = occupation(first), let second = occupation(second) else { return nil }
        let skills = first.essential + first.optional
        let others = Set(second.essential + second.optional)
        let shared = skills.filter(others.contains)
        let digits = zip(first.isco, second.isco).prefix { $0 == $1 }.count
        return Nearness(
            sharedSkills: shared, skillsOfEither: Set(skills).union(others).count,
            sharedDigits: digits)
    }

    /// The occupations nearest to one, the nearest first, at most `count`.
    /// O(occupations × skills).
    public func nearest(
        to id: String, count: Int = 10
    ) -> [(occupation: Occupation, nearness: Nearness)] {
        let all = occupations.compactMap { other -> (occupation: Occupation, nearness: Nearness)? in
            guard other.id != id, let nearness = nearness(of: id, to: other.id),
                nearness.value > 0
            else { return nil }
            return (other, nearness)
        }
        return Array(
            all.sorted {
                ($1.nearness.value, $0.occupation.id) < ($0.nearness.value, $1.occupation.id)
            }.prefix(count))
    }
}

/// An occupation seen from a set of skills: what is there, what is missing, and the courses
/// that give it (rækkevidde).
public struct Reach: Sendable {
    public var occupation: Occupation
    /// Ids of the occupation's essential skills that are there.
    public var has: [String]
    /// Ids of the essential skills that are missing.
    public var lacks: [String]
    /// Ids of the certificates that are asked for and missing.
    public var lacksCertificates: [String]
    /// Few courses that together give as much of the gap as courses can.
    public var courses: [Course]
    /// Ids of the gap that no course gives.
    public var withoutCourse: [String]

    /// The part of the essential skills that is there, 0...1.
    public var share: Double {
        has.isEmpty ? 0 : Double(has.count) / Double(has.count + lacks.count)
    }
}

extension Taxonomy {
    /// The occupations within reach of these skills: at least `share` of the essential skills
    /// are there. Those with most come first, and of equal ones those with the smallest gap.
    /// O(occupations × skills).
    public func reach(of skills: Set<String>, share: Double = 0.5) -> [Reach] {
        occupations.compactMap { occupation -> Reach? in
            let has = occupation.essential.filter(skills.contains)
            guard !has.isEmpty, Double(has.count) >= share * Double(occupation.essential.count)
            else { return nil }
            return reach(of: skills, to: occupation)
        }.sorted {
            ($1.share, $0.lacks.count + $0.lacksCertificates.count, $0.occupation.id)
                < ($0.share, $1.lacks.count + $1.lacksCertificates.count, $1.occupation.id)
        }
    }

    /// One occupation seen from these skills. O(courses × gap).
    public func reach(of skills: Set<String>, to occupation: Occupation) -> Reach {
        let lacks = occupation.essential.filter { !skills.contains($0) }
        let certificates = occupation.certificates.filter { !skills.contains($0) }
        let (chosen, left) = closing(lacks + certificates)
        return Reach(
            occupation: occupation, has: occupation.essential.filter(skills.contains),
            lacks: lacks, lacksCertificates: certificates, courses: chosen, withoutCourse: left)
    }

    /// Takes the course that gives most of what is left, again and again.
    private func closing(_ gap: [String]) -> (courses: [Course], left: [String]) {
        var left = gap
        var chosen: [Course] = []
        while !left.isEmpty {
            let best = courses.map { course in (course, left.filter(course.gives.contains).count) }
                .max { ($0.1, $1.0.id) < ($1.1, $0.0.id) }
            guard let (course, count) = best, count > 0 else { break }
            chosen.append(course)
            left.removeAll(where: course.gives.contains)
        }
        return (chosen, left)
    }
}
