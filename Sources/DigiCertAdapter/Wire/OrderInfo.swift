public import CertProtocol

extension DigiCert {
    /// All that DigiCert tells about one order.
    ///
    /// ```swift
    /// let info = DigiCert.OrderInfo(order.raw)
    /// print(info?.technicalContact?.email ?? "", info?.certificate?.csr ?? "")
    /// ```
    ///
    /// Source: the parameter table of DigiCert's “Order info” (`GET /order/certificate/{order_id}`), and the fields
    /// that its change log added since.
    @dynamicMemberLookup
    public struct OrderInfo: Sendable, Hashable {
        /// What the order endpoints have in common; its fields can be read from this value directly.
        public let base: OrderBase
        /// Whether it renews another order.
        public let isRenewal: Bool?
        /// The order that it renews; left out, or 0, where it renews none.
        public let renewedOrderID: Int64?
        /// Since when it is paid for.
        public let orderValidFrom: CertificateDate?
        /// Whether it is renewed automatically; sent as 0 or 1.
        public let autoRenew: Bool?
        /// The contact of the organization.
        public let organizationContact: Contact?
        /// The technical contact.
        public let technicalContact: Contact?
        /// The user who placed it.
        public let user: UserInfo?
        /// The users who placed it or whom it is assigned to.
        public let userAssignments: [UserInfo]
        /// The additional names that were paid for.
        public let purchasedDNSNames: Int?
        /// The requests made within it. A revocation that skipped the approval leaves none.
        public let requests: [RequestInfo]
        /// The id of the receipt.
        public let receiptID: Int64?
        /// How the token of a document or code signing order is delivered.
        public let codeSigningProvisioningMethod: String?
        /// An id for quick installation; not sent since May 2022.
        public let publicID: String?
        /// Whether duplicates can be made.
        public let allowDuplicates: Bool?
        /// Whether it is outside of the contract.
        public let isOutOfContract: Bool?
        /// `balance`, `credit`, `profile` and others.
        public let paymentMethod: String?
        /// Whether the notice of issuance is switched off.
        public let disableIssuanceEmail: Bool?
        /// Whether the certificate is kept out of public transparency logs.
        public let disableCT: Bool?
        /// The key that it was placed with.
        public let apiKey: APIKeyInfo?
        /// How the control of its domains is proven: `email`, `dns-txt-token`, `dns-cname-token`, `http-token`.
        public let dcvMethod: String?
        /// The notes on it.
        public let notes: [Note]
        /// Further addresses that get its notices.
        public let additionalEmails: [String]?
        /// The id that the customer gave it. Not unique.
        public let alternativeOrderID: String?
        /// Whether a request waits for approval.
        public let hasPendingRequest: Bool?
        /// Whether the approval of an EV order is complete.
        public let orderApprovalComplete: Bool?
        /// The servers that it is licensed for.
        public let serverLicenses: Int?
        /// What the CAA records of its domains say, by domain; only while pending, and only where asked for.
        public let caaStatusMessages: [String: String]
        /// Its prices; no document tells what an entry holds.
        public let prices: JSONValue?
        /// Its verification; no document tells what it holds.
        public let verification: JSONValue?
        /// Its benefits; no document tells what they hold.
        public let benefits: JSONValue?
        /// Its approver; no document tells what it holds.
        public let approver: JSONValue?

        /// Reads the JSON object; `nil` where it is none, or lacks the `id` that everything hangs on.
        public init?(_ value: JSONValue) {
            guard let base = OrderBase(value) else { return nil }
            self.base = base
            isRenewal = value.boolean("is_renewal")
            renewedOrderID = value.integer("renewed_order_id")
            orderValidFrom = value.date("order_valid_from")
            autoRenew = value.boolean("auto_renew")
            organizationContact = value.part("organization_contact", Contact.init)
            technicalContact = value.part("technical_contact", Contact.init)
            user = value.part("user", UserInfo.init)
            userAssignments = value.list("user_assignments", UserInfo.init)
            purchasedDNSNames = value.count("purchased_dns_names")
            requests = value.list("requests", RequestInfo.init)
            receiptID = value.integer("receipt_id")
            codeSigningProvisioningMethod = value.string("cs_provisioning_method")
            publicID = value.string("public_id")
            allowDuplicates = value.boolean("allow_duplicates")
            isOutOfContract = value.boolean("is_out_of_contract")
            paymentMethod = value.string("payment_method")
            disableIssuanceEmail = value.boolean("disable_issuance_email")
            disableCT = value.boolean("disable_ct")
            apiKey = value.part("api_key", APIKeyInfo.init)
            dcvMethod = value.string("dcv_method")
            notes = value.list("notes", Note.init)
            additionalEmails = value.strings("additional_emails")
            alternativeOrderID = value.string("alternative_order_id")
            hasPendingRequest = value.boolean("has_pending_request")
            orderApprovalComplete = value.boolean("order_approval_complete")
            serverLicenses = value.count("server_licenses")
            caaStatusMessages = value.texts("caa_status_message")
            prices = value["prices"]
            verification = value["verification"]
            benefits = value["benefits"]
            approver = value["approver"]
        }

        /// The fields of ``base``.
        public subscript<Value>(dynamicMember field: KeyPath<OrderBase, Value>) -> Value {
            base[keyPath: field]
        }
    }
}
