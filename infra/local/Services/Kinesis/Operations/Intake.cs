using Isobar.Local.Costs;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

/// <summary>The call that an operation answers.</summary>
internal sealed record Call(string Operation, CallScope Scope, ServiceContext Context);

/// <summary>What became of the records of a request, in their order.</summary>
internal sealed record PutOutcome(StreamPlace Stream, PutResult[] Results);

/// <summary>Puts records into a stream, tells the journal, and notes what AWS charges.</summary>
internal static class Intake
{
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public static PutOutcome Put(
        Monitor<KinesisState> streams, string name, IReadOnlyList<RecordDraft> drafts, Call call)
    {
        var (outcome, mode, trimmed) = streams.Ask((state, now) =>
        {
            var before = state.TrimmedEarly;
            var stream = state.Get(name, now);
            var results = state.Put(stream, drafts, now);
            return (new PutOutcome(stream.Place, results), stream.Mode, state.TrimmedEarly - before);
        });
        var taken = drafts.Where((_, i) => outcome.Results[i].SequenceNumber is not null).ToArray();
        call.Context.Journal.Record(new RecordsPut(
            name, call.Operation, taken.Length, taken.Sum(draft => (long)draft.Bytes), drafts.Count - taken.Length)
        {
            TraceId = call.Scope.TraceHeader,
        });
        if (trimmed > 0) call.Context.Journal.Record(new RecordsTrimmedEarly(call.Scope.Region, trimmed));
        if (mode == StreamMode.OnDemand)
            call.Scope.Meter.Add(
                Meter.StreamGigabytesIn, taken.Sum(draft => (long)draft.Bytes) / Charge.GigabyteBytes);
        else call.Scope.Meter.Add(Meter.StreamPayloadUnits, taken.Sum(PayloadUnits));
        return outcome;
    }

    /// <summary>A record is charged for each 25 KB that it begins.</summary>
    private static int PayloadUnits(RecordDraft draft) =>
        Math.Max(1, (draft.Data.Length + KinesisLimits.PayloadUnitBytes - 1) / KinesisLimits.PayloadUnitBytes);
}
