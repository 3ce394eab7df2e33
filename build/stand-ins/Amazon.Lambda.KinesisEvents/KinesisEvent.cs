using System.Collections.Generic;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>A batch of records, as the Kinesis event source mapping hands it to a function.</summary>
public class KinesisEvent
{
    public IList<KinesisEventRecord> Records { get; set; }

    /// <summary>One record with what the mapping says about it.</summary>
    public class KinesisEventRecord
    {
        public string AwsRegion { get; set; }

        public string EventId { get; set; }

        public string EventName { get; set; }

        public string EventSource { get; set; }

        public string EventSourceARN { get; set; }

        public string EventVersion { get; set; }

        public string InvokeIdentityArn { get; set; }

        public Record Kinesis { get; set; }
    }

    /// <summary>The record itself: data, partition key, sequence number, arrival.</summary>
    public class Record : Amazon.Kinesis.Model.Record
    {
        public string KinesisSchemaVersion { get; set; }
    }
}
