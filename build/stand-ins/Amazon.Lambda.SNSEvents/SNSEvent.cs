using System;
using System.Collections.Generic;

namespace Amazon.Lambda.SNSEvents;

/// <summary>A notification, as SNS hands it to a function: one record an invocation.</summary>
public class SNSEvent
{
    public IList<SNSRecord> Records { get; set; }

    /// <summary>What was published, and by which subscription it came.</summary>
    public class SNSRecord
    {
        public string EventSource { get; set; }

        public string EventSubscriptionArn { get; set; }

        public string EventVersion { get; set; }

        public SNSMessage Sns { get; set; }
    }

    /// <summary>The published message; Message is its text.</summary>
    public class SNSMessage
    {
        public string Message { get; set; }

        public IDictionary<string, MessageAttribute> MessageAttributes { get; set; }

        public string MessageId { get; set; }

        public string Signature { get; set; }

        public string SignatureVersion { get; set; }

        public string SigningCertUrl { get; set; }

        public string Subject { get; set; }

        public DateTime Timestamp { get; set; }

        public string TopicArn { get; set; }

        public string Type { get; set; }

        public string UnsubscribeUrl { get; set; }
    }

    /// <summary>A message attribute of the publisher.</summary>
    public class MessageAttribute
    {
        public string Type { get; set; }

        public string Value { get; set; }
    }
}
