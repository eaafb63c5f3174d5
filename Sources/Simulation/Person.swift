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
    /// The first day with a qualifying education, or the open end.
    var qualified = Day.openEnd
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
    /// The last day of being in the labour force by a benefit or a flex job.
    var forceUntil = Person.never
    /// Place of the present or coming ordinary job in the list of employments.
    var job = -1
    /// The day of the latest change of job; nothing new may begin on it or before.
    var changed = Person.never

    static let never = Day(number: -100_000)

    func lives(on day: Day) -> Bool { entered <= day && day <= leaves }
    func studies(on day: Day) -> Bool { studiesFrom <= day && day <= studiesTo }
    func hasJob(on day: Day) -> Bool { job >= 0 && changed < day }
    /// Under 30 without a qualifying education: what decides between the groups
    /// nr. 2 and 3 and nr. 4 and 5 of LAB § 6.
    func isYoungUnqualified(on day: Day) -> Bool { day < thirty && qualified > day }
    var thirty: Day { born.adding(months: 30 * 12) }
    func isFree(on day: Day) -> Bool { lives(on: day) && busyUntil < day && changed < day }

    /// Whole years, near enough for choosing who something happens to.
    func years(on day: Day) -> Int { max(0, (day - born) * 4 / 1_461) }
}
