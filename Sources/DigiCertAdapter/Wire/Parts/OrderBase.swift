public import CertProtocol
public import FoundationEssentials

extension DigiCert {
    /// What the order endpoints have in common.
    ///
    /// Sources: the parameter tables of DigiCert's “List orders” (`GET /order/certificate`), “Order info” (`GET
    /// /order/certificate/{order_id}`) and “List subaccount orders” (`GET /account/subaccount/order`). Every endpoint
    /// sends some of the fields.
    public struct OrderBase: Sendable, Hashable {
        /// The order's id.
        public let id: Int64
        /// The order's primary certificate. Absent for some incomplete orders, and for orders of indirect sub-accounts.
        public let certificate: CertificateDetails?
        /// The order's status, DigiCert's word.
        public let status: String?
        /// Whether another order renews it.
        public let isRenewed: Bool?
        /// When it was placed; an instant in UTC.
        public let dateCreated: CertificateDate?
        /// When its certificate was issued (sub-account orders). Documented as a day, sent as an instant.
        public let dateIssued: CertificateDate?
        /// The organization. Orders of domain validation have none; `[]` stands there then.
        public let organization: OrganizationInfo?
        /// For how many years it is paid. Documented as a string, sent as a number.
        public let validityYears: Int?
        /// The period that it is paid for.
        public let orderValidity: Validity?
        /// Until when it is paid for; usually later than its certificate's end.
        public let orderValidTill: CertificateDate?
        /// Whether renewal notices are switched off.
        public let disableRenewalNotifications: Bool?
        /// The container that it is in.
        public let container: Container?
        /// The product.
        public let product: ProductInfo?
        /// The identifier of the product.
        public let productNameID: String?
        /// How many duplicates it has.
        public let duplicatesCount: Int?
        /// How many reissues it has.
        public let reissuesCount: Int?
        /// Whether it has duplicates.
        public let hasDuplicates: Bool?
        /// Whether it has reissues.
        public let hasReissues: Bool?
        /// How many names `dns_names` has.
        public let numberOfSANs: Int?
        /// What it cost, in ``currency``.
        public let price: Decimal?
        /// The currency of ``price``.
        public let currency: String?
        /// What it cost (sub-account orders).
        public let orderPrice: OrderPrice?
        /// The sub-account that placed it (sub-account orders).
        public let subaccount: SubaccountInfo?
        /// Whether it is a multi-year plan. Sent as `"1"`, left out where it is none.
        public let isMultiYearPlan: Bool?
        /// The account's own fields; left out where there are none.
        public let customFields: [CustomField]

        /// Reads the JSON object; `nil` where it is none, or has no readable `id`.
        public init?(_ value: JSONValue) {
            guard value.kind == .object, let id = value.rowID("id") else { return nil }
            self.id = id
            certificate = value.part("certificate", CertificateDetails.init)
            status = value.string("status")
            isRenewed = value.boolean("is_renewed")
            dateCreated = value.date("date_created")
            dateIssued = value.date("date_issued")
            organization = value.part("organization", OrganizationInfo.init)
            validityYears = value.count("validity_years")
            orderValidity = value.part("order_validity", Validity.init)
            orderValidTill = value.date("order_valid_till")
            disableRenewalNotifications = value.boolean("disable_renewal_notifications")
            container = value.part("container", Container.init)
            product = value.part("product", ProductInfo.init)
            productNameID = value.string("product_name_id")
            duplicatesCount = value.count("duplicates_count")
            reissuesCount = value.count("reissues_count")
            hasDuplicates = value.boolean("has_duplicates")
            hasReissues = value.boolean("has_reissues")
            numberOfSANs = value.count("number_of_sans")
            price = value.decimal("price")
            currency = value.string("currency")
            orderPrice = value.part("order_price", OrderPrice.init)
            subaccount = value.part("subaccount", SubaccountInfo.init)
            isMultiYearPlan = value.boolean("is_multi_year_plan")
            customFields = value.list("custom_fields", CustomField.init)
        }
    }
}
