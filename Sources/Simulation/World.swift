import Chronology
import Identifiers
import Registry

/// A municipality while it is being made up: its people, what has been drawn for
/// them so far, and the stocks that the streams have reached.
struct World {
    let configuration: SimulationConfiguration
    let data: Calibration
    let names: NameLists
    let level: Level
    /// The municipality's place among all, and their number: keeps CPR and company
    /// numbers apart without a common list.
    let lane: Int
    let lanes: Int
    let start = SimulationConfiguration.firstDay
    let through: Day
    let months: [Month]
    let streams: [Stream]
    let streamIndex: [String: Int]
    let residents: Int
    var random: Randomness
    var people: [Person] = []
    var truth: Truth
    /// The last day each person has been paid each benefit.
    var paidUntil: [Paid: Day] = [:]
    /// Full-time persons on each stream on the last day of each month.
    var loads: [[Double]]
    /// Days between the booking of a conversation and the conversation.
    var booked: [Int8] = []
    /// Spells on which people can be referred to job orders.
    var jobSeeking: [Episode] = []
    /// First jobs after such spells, by month.
    var comingJobs: [[ComingJob]]
    var unitNumbers: [ProductionUnitNumber] = []
    var numbers: Numbers
    let workdays: Workdays

    struct Paid: Hashable {
        var who: Int
        var benefit: Benefit
    }
    struct Episode {
        var person: Int
        var start: Day
        var end: Day
    }
    struct ComingJob {
        var person: Int
        var employment: Int
        var spellStart: Day
    }

    init(
        _ configuration: SimulationConfiguration, _ all: SimulationData, _ level: Level, lane: Int
    ) {
        self.configuration = configuration
        data = all.calibration
        names = all.names
        self.level = level
        self.lane = lane
        lanes = all.levels.count
        through = configuration.through
        let first = Month(containing: start)
        let count = Month(containing: through) - first + 1
        months = (0..<count).map { first + $0 }
        residents = configuration.population ?? level.population
        var random = Randomness(
            seed: configuration.seed, stream: UInt64(configuration.municipality.number))
        let stocks = Stocks(
            data: all, level: level, scale: Double(residents) / Double(level.population),
            first: first, count: count + 1)
        let names = Dictionary(
            uniqueKeysWithValues: data.streams.enumerated().map { ($1.name, $0) })
        let noise = data.noise
        let calibration = data
        streams = data.streams.map { spec in
            let wanted = stocks.wanted(spec).map { level in
                level + noise * level.squareRoot() * random.normal()
            }
            return Stream(spec, calibration, stocks.level, wanted: wanted, names: names)
        }
        streamIndex = names
        self.random = random
        truth = Truth(municipality: configuration.municipality, through: through)
        loads = Array(repeating: Array(repeating: 0, count: count), count: streams.count)
        comingJobs = Array(repeating: [], count: count)
        numbers = Numbers(lane: lane, lanes: lanes)
        workdays = Workdays(from: start - 400, to: through + 60)
    }

    /// Draws everything that happens.
    mutating func live() {
        settlePeople()
        foundCompanies()
        employAtStart()
        fillStreamsAtStart()
        for index in months.indices {
            welcome(monthIndex: index)
            fillStreams(monthIndex: index)
            moveLabour(monthIndex: index)
            serveCompanies(monthIndex: index)
        }
        moveTogether()
        truth.settle()
        hearCitizens()
        staff()
    }

    /// Puts people into households; children bear the name of a parent.
    private mutating func moveTogether() {
        var households = Households(self)
        households.live(months)
        truth.households = households.memberships
        // The eldest first, since some of them have children of their own.
        let children = households.namesakes.sorted {
            (people[$0.key].born, $0.key) < (people[$1.key].born, $1.key)
        }
        for (child, parent) in children {
            truth.citizens[child].familyName = truth.citizens[parent].familyName
        }
    }

    func monthIndex(_ day: Day) -> Int { Month(containing: day) - months[0] }

    /// A day of the month that has come to pass.
    mutating func dayIn(_ index: Int) -> Day {
        let last = min(through, months[index].last)
        return months[index].first + random.below(last - months[index].first + 1)
    }

    /// Expected growth of the population since the first day.
    func growth(monthIndex: Int) -> Double {
        1 + level.growth / 100 * Double(monthIndex) / 12
    }
}

/// Which days are working days, looked up once.
struct Workdays {
    private let first: Day
    private let open: [Bool]

    init(from first: Day, to last: Day) {
        self.first = first
        var holidays: Set<Day> = []
        for year in first.year...last.year { holidays.formUnion(DanishHolidays.days(in: year)) }
        open = (0...(last - first)).map { offset in
            (first + offset).weekday <= 5 && !holidays.contains(first + offset)
        }
    }

    /// The day itself or the next working day.
    func next(_ day: Day) -> Day {
        var day = day
        while day >= first, day - first < open.count, !open[day - first] { day = day + 1 }
        return day
    }
}

/// Hands out numbers that no other municipality hands out.
struct Numbers {
    let lane: Int
    let lanes: Int
    /// Next serial by day of birth and sex.
    private var serials: [Int32: Int] = [:]
    private var companies = 0
    private var units: Int64 = 0

    init(lane: Int, lanes: Int) {
        self.lane = lane
        self.lanes = max(1, lanes)
    }

    /// A test CPR number (60 added to the day) for one born on this day, or on
    /// the next day that has a number left.
    mutating func cpr(born: Day, sex: Sex) -> (CPR, Day)? {
        var day = born
        for _ in 0..<400 {
            let key = day.number * 2 + (sex == .male ? 1 : 0)
            let serial = serials[key, default: 0] * lanes + lane
            if let number = Self.number(day, sex, serial: serial) {
                serials[key, default: 0] += 1
                return (number, day)
            }
            day = day - 1
        }
        return nil
    }

    /// The seventh digit says the century together with the year: 0-3 for
    /// 1900-1999, 4 and 9 for 1937-1999 and 2000-2036, 5-8 for 2000-2057.
    private static func number(_ day: Day, _ sex: Sex, serial: Int) -> CPR? {
        let (year, month, date) = day.components
        let sevenths =
            switch year {
            case 1900..<1937: [0, 1, 2, 3]
            case 1937..<2000: [0, 1, 2, 3, 4, 9]
            case 2000..<2037: [4, 5, 6, 7, 8, 9]
            default: [5, 6, 7, 8]
            }
        guard serial / 500 < sevenths.count else { return nil }
        let last = serial % 500 * 2 + (sex == .male ? 1 : 0)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let tail = String(1_000 + last).dropFirst()
        return try? CPR(
            "\(date + 60)\(two(month))\(two(year % 100))\(sevenths[serial / 500])\(tail)")
    }

    /// A CVR number above those in use, with the right check digit.
    mutating func cvr() -> CVR? {
        for _ in 0..<100 {
            let prefix = 9_000_000 + companies * lanes + lane
            companies += 1
            let digits = String(prefix).utf8.map { Int($0) - 48 }
            let sum = zip(digits, [2, 7, 6, 5, 4, 3, 2]).reduce(0) { $0 + $1.0 * $1.1 }
            let check = (11 - sum % 11) % 11
            if check < 10, let number = try? CVR("\(prefix)\(check)") { return number }
        }
        return nil
    }

    mutating func unit() -> ProductionUnitNumber? {
        units += 1
        let number = 9_000_000_000 + units * Int64(lanes) + Int64(lane)
        return try? ProductionUnitNumber(String(number))
    }
}
