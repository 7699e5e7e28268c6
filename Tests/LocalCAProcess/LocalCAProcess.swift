@main
struct LocalCAProcess {
    static func main() async {}
}
