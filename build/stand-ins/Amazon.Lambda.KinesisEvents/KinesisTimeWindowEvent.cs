using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents.Converters;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>
/// A batch of records in a tumbling window, with the state that the window's invocations have returned so far.
/// </summary>
public class KinesisTimeWindowEvent : KinesisEvent
{
    public TimeWindow Window { get; set; }

    [JsonConverter(typeof(DictionaryLongToStringJsonConverter))]
    public Dictionary<string, string> State { get; set; }

    public string ShardId { get; set; }

    public string EventSourceARN { get; set; }

    /// <summary>True in the last invocation of the window.</summary>
    public bool? IsFinalInvokeForWindow { get; set; }

    /// <summary>True where the window ends because its state is too large; the same window then begins anew.</summary>
    public bool? IsWindowTerminatedEarly { get; set; }

    /// <summary>When the window begins and ends.</summary>
    public class TimeWindow
    {
        public DateTime Start { get; set; }

        public DateTime End { get; set; }
    }
}
