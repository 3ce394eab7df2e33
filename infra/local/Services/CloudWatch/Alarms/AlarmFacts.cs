using Isobar.Local.History;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>An alarm has another state.</summary>
/// <param name="OldState"><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</param>
internal sealed record AlarmStateChanged(string AlarmName, string OldState, string NewState, string Reason) : IFact
{
    string? IFact.Resource => FactResource.Of("cloudwatch", AlarmName);
}

/// <summary>An alarm's action could not be performed; nobody else learns of the alarm's change by it.</summary>
internal sealed record AlarmActionFailed(string AlarmName, string Action, string Reason) : IFact
{
    string? IFact.Resource => FactResource.Of("cloudwatch", AlarmName);
}
