internal import ArgumentParser
internal import CertProtocol

/// A period of validity on the command line: `1y`, `199d`, or the last day, `2027-06-30`.
struct Period: ExpressibleByArgument, Sendable {
    let validity: ValidityPeriod

    init?(argument: String) {
        if let date = CertificateDate(argument), case .day(let day) = date {
            validity = .until(day)
            return
        }
        guard let unit = argument.last, let count = Int(argument.dropLast()), (1...36_525).contains(count) else {
            return nil
        }
        switch unit {
        case "y" where count <= 100: validity = .years(count)
        case "d": validity = .days(count)
        default: return nil
        }
    }
}

extension ValidityPeriod {
    /// The period as it is written on the command line.
    var text: String {
        switch self {
        case .years(let count): "\(count)y"
        case .days(let count): "\(count)d"
        case .until(let day): "until \(day)"
        @unknown default: "\(self)"
        }
    }
}
