import Chronology
import Registry

/// What the simulation keeps in mind about one citizen while time passes.
struct Person {
    var born: Day
    var sex: Sex
    var origin: OriginGroup
    var permit: Day?
    /// First and last day in the municipality.
    var entered: Day
    var leaves: Day
    /// First day of old-age pension.
    var pension: Day
    var level: EducationLevel
    var insured: Bool
    /// Studies, apart from those that follow after a benefit.
    var studiesFrom: Day
    var studiesTo: Day
    /// The last day that is spoken for by a benefit or what followed it.
    var busyUntil = Person.never
    /// The last day on sickness benefit beside a flex job.
    var sickUntil = Person.never
    /// The last day of the flex job.
    var flexUntil = Person.never
    /// Place of the present or coming ordinary job in the list of employments.
    var job = -1
    /// The day of the latest change of job; nothing new may begin on it or before.
    var changed = Person.never

    static let never = Day(number: -100_000)

    func lives(on day: Day) -> Bool { entered <= day && day <= leaves }
    func studies(on day: Day) -> Bool { studiesFrom <= day && day <= studiesTo }
    func hasJob(on day: Day) -> Bool { job >= 0 && changed < day }
    func isFree(on day: Day) -> Bool { lives(on: day) && busyUntil < day && changed < day }

    /// Whole years, near enough for choosing who something happens to.
    func years(on day: Day) -> Int { max(0, (day - born) * 4 / 1_461) }
}
