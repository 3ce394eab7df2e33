using System.Collections.Generic;

namespace Amazon.Lambda.DynamoDBEvents;

/// <summary>A batch of changes to a table's items, as the event source mapping hands it to a function.</summary>
public class DynamoDBEvent
{
    public IList<DynamodbStreamRecord> Records { get; set; }

    /// <summary>One change.</summary>
    public class DynamodbStreamRecord
    {
        public string AwsRegion { get; set; }

        public StreamRecord Dynamodb { get; set; }

        public string EventID { get; set; }

        public string EventName { get; set; }

        public string EventSource { get; set; }

        public string EventSourceArn { get; set; }

        public string EventVersion { get; set; }
    }

    /// <summary>The item, before and after the change as far as the stream shows it.</summary>
    public class StreamRecord
    {
        public Dictionary<string, AttributeValue> Keys { get; set; }

        public Dictionary<string, AttributeValue> NewImage { get; set; }

        public Dictionary<string, AttributeValue> OldImage { get; set; }

        public string SequenceNumber { get; set; }

        public long SizeBytes { get; set; }

        public string StreamViewType { get; set; }
    }

    /// <summary>An attribute's value; the property that is set says its type. Numbers are text.</summary>
    public class AttributeValue
    {
        public string S { get; set; }

        public string N { get; set; }

        public List<string> SS { get; set; }

        public List<string> NS { get; set; }
    }
}
