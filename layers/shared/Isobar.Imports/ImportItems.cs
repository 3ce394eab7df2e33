using Amazon.DynamoDBv2.Model;
using Isobar.Tables;

namespace Isobar.Imports;

/// <summary>The items of the imports table and the names of their attributes.</summary>
internal static class ImportItems
{
    public const string Id = "importId";
    public const string State = "state";
    public const string Station = "station";
    public const string Job = "job";
    public const string ObjectKey = "key";
    public const string VersionId = "versionId";
    public const string Reason = "reason";
    public const string FailedEvent = "failedEvent";

    public static Dictionary<string, AttributeValue> Key(string importId) => new() { [Id] = Attributes.Text(importId) };

    public static ImportRecord Read(Dictionary<string, AttributeValue> item) => new(
        item[Id].S, item[Station].S, StateOf(item[State].S),
        item.TryGetValue(Job, out var job) ? new(job.S, item[ObjectKey].S, item[VersionId].S) : null,
        item.OptionalText(Reason), item.OptionalText(FailedEvent));

    public static AttributeValue Text(ImportState state) => Attributes.Text(state switch
    {
        ImportState.Accepted => "accepted",
        ImportState.Copying => "copying",
        ImportState.Landed => "landed",
        ImportState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    });

    private static ImportState StateOf(string text) => text switch
    {
        "accepted" => ImportState.Accepted,
        "copying" => ImportState.Copying,
        "landed" => ImportState.Landed,
        "failed" => ImportState.Failed,
        _ => throw new InvalidDataException($"An import has the unknown state '{text}'."),
    };
}
