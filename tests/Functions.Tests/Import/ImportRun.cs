using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.CloudWatchEvents;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Import;
using Isobar.Imports;
using Isobar.Jobs;
using Isobar.Notify;
using Isobar.Remediate;

namespace Isobar.Functions.Tests.Import;

/// <summary>Imports from their events to entries of timelines; functions and tables are the real ones.</summary>
/// <param name="prefix">Of the run's import ids, and the name of its landing bucket: runs share the tables.</param>
internal sealed class ImportRun(Random random, string prefix, TableOnPortZero imports, JobsTableOnPortZero jobs)
    : IImports, IStationFiles, IImportInvoker
{
    private const int MaxAttempts = 3;

    private readonly Disorder disorder = new(random);
    private readonly ImportsTable table = new(imports.Client, "Imports", TableOnPortZero.Retention);
    private readonly Dictionary<string, StationsInMemory> stations = [];
    private readonly Dictionary<string, ImportRecord> landed = [];
    private readonly Dictionary<string, Imported> answers = [];

    /// <summary>Runs to the end and checks it.</summary>
    /// <returns>How many calls were lost, and how many imports were sent again and landed unheard.</returns>
    public async Task<(int Losses, int Resent, int Unheard)> ToTheEndAsync()
    {
        string[] ids = [.. Enumerable.Range(0, random.Next(2, 6)).Select(i => $"{prefix}-{i}")];
        foreach (var id in ids)
        {
            var station = $"XIW0000000{random.Next(3)}";
            stations.TryAdd(station, new StationsInMemory { HasStation = random.Next(3) > 0 });
            Queue(JsonSerializer.Serialize(new ImportEvent(id, station)));
        }

        await disorder.SettleAsync();
        foreach (var station in stations.Values) station.HasStation = true;
        disorder.IsCalm = true;
        var resent = 0;
        foreach (var id in ids)
        {
            var record = (await table.FindAsync(id, default))!;
            if (record.State == ImportState.Failed) resent++;
            disorder.SendOnce(() => RemediateAsync(new RemediateEvent(id, null, default, null)));
        }

        await disorder.SettleAsync();
        foreach (var id in ids) await CheckAsync(id);
        return (disorder.Losses, resent, ids.Count(id => !answers.ContainsKey(id)));
    }

    private async Task CheckAsync(string id)
    {
        var record = (await table.FindAsync(id, default))!;
        Assert.Equal(ImportState.Landed, record.State);
        var file = record.Landed!;
        Assert.Equal(id, stations[record.Station].Versions[int.Parse(file.VersionId[1..]) - 1]);
        Assert.Equal(JobId.From(prefix, file.Key, file.VersionId), file.Job);

        var moments = await jobs.Client.QueryAsync(new QueryRequest
        {
            TableName = JobsTableOnPortZero.Name,
            KeyConditionExpression = "job = :job",
            ExpressionAttributeValues = new() { [":job"] = new AttributeValue { S = file.Job } },
        });
        var items = (moments.Items ?? []).Select(item => item["item"].S);
        // Where the last attempt landed the file and was lost before it answered, nobody hears of a success.
        if (!answers.TryGetValue(id, out var answer))
        {
            Assert.Empty(items);
            return;
        }

        Assert.Equal(new Imported(id, record.Station, file.Job, file.Key, file.VersionId), answer);
        Assert.Equal($"event#imported#{id}", Assert.Single(items));
    }

    // Lambda's queue: an event may come more than once, and each time it is tried three times.
    private void Queue(string payload) => disorder.Send(() => AttemptAsync(payload, attempt: 1));

    private async Task AttemptAsync(string payload, int attempt)
    {
        try
        {
            var request = JsonSerializer.Deserialize<ImportRequest>(payload)!;
            var answer = await new Isobar.Import.Function(new StationCopy(this, this, landing: prefix))
                .Handle(request, new Invocation());
            Assert.Equal(answers.GetValueOrDefault(answer.ImportId, answer), answer);
            answers[answer.ImportId] = answer;
            disorder.Send(() => NotifyAsync(answer));
        }
        catch (Exception e) when (e is LostException or UnknownStationException or ImportNotCopyingException)
        {
            if (attempt < MaxAttempts) disorder.SendOnce(() => AttemptAsync(payload, attempt + 1));
            else disorder.Send(() => RemediateAsync(Failure(payload, e.Message)));
        }
    }

    private async Task NotifyAsync(Imported imported)
    {
        var record = new InvocationRecord<ImportResult>(
            DateTimeOffset.UnixEpoch, new(InvocationContext.Success), default,
            new ImportResult(imported.ImportId, imported.Station, imported.Job));
        await new Isobar.Notify.Function(jobs.Jobs()).Handle(
            new CloudWatchEvent<InvocationRecord<ImportResult>> { Detail = record }, new Invocation());
    }

    private async Task RemediateAsync(RemediateEvent input)
    {
        try
        {
            await new Isobar.Remediate.Function(new Remediation(this, this), null!).Handle(input, new Invocation());
        }
        catch (LostException)
        {
            disorder.SendOnce(() => RemediateAsync(input));
        }
    }

    private static RemediateEvent Failure(string payload, string reason) => new(
        null, new("RetriesExhausted"), JsonElement.Parse(payload), new FunctionError(reason));

    Task IImportInvoker.InvokeAsync(string payload, CancellationToken cancellationToken)
    {
        Queue(payload);
        return Task.CompletedTask;
    }

    Task<string?> IStationFiles.FindLandedAsync(string key, string importId, CancellationToken cancellationToken) =>
        disorder.CallAsync(() => StationOf(key).FindLandedAsync(key, importId, cancellationToken));

    Task<string> IStationFiles.CopyAsync(string key, string importId, CancellationToken cancellationToken) =>
        disorder.CallAsync(() => StationOf(key).CopyAsync(key, importId, cancellationToken));

    Task<ImportRecord?> IImportReader.FindAsync(string importId, CancellationToken cancellationToken) =>
        WatchAsync(importId, () => table.FindAsync(importId, cancellationToken));

    Task<ImportRecord> IImports.AcceptAsync(string importId, string station, CancellationToken cancellationToken) =>
        WatchAsync(importId, () => table.AcceptAsync(importId, station, cancellationToken));

    Task<ImportRecord> IImports.CopyAsync(string importId, CancellationToken cancellationToken) =>
        WatchAsync(importId, () => table.CopyAsync(importId, cancellationToken));

    Task<ImportRecord> IImports.LandAsync(string importId, LandedFile file, CancellationToken cancellationToken) =>
        WatchAsync(importId, () => table.LandAsync(importId, file, cancellationToken));

    Task<bool> IImports.FailAsync(ImportFailure failure, CancellationToken cancellationToken) =>
        WatchAsync(failure.ImportId, () => table.FailAsync(failure, cancellationToken));

    private StationsInMemory StationOf(string key) => stations[Path.GetFileNameWithoutExtension(key)];

    // An import that was seen landed stays so, with the same file, whatever is called.
    private Task<T> WatchAsync<T>(string importId, Func<Task<T>> call) => disorder.CallAsync(async () =>
    {
        var answer = await call();
        var record = await table.FindAsync(importId, default);
        if (landed.TryGetValue(importId, out var before)) Assert.Equal(before, record);
        else if (record is { State: ImportState.Landed }) landed[importId] = record;
        return answer;
    });
}
