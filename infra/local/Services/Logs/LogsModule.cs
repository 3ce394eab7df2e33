using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs;

/// <summary>Amazon CloudWatch Logs: no operation is built, and log groups change nothing.</summary>
internal sealed class LogsModule : IServiceModule
{
    public static TemplateParts Parts { get; } = new()
    {
        InertTypes =
        [
            new("AWS::Logs::LogGroup", "LogGroupName", "logs live as long as the host", "DataProtectionPolicy",
                "FieldIndexPolicies", "KmsKeyId", "LogGroupClass", "ResourcePolicyDocument", "RetentionInDays", "Tags")
            {
                Attributes = group => new() { ["Arn"] = group.Arn("logs", $"log-group:{group.Name}:*") },
            },
        ],
    };

    public string SigningName => "logs";

    public IWireProtocol? Wire => null;

    TemplateParts IServiceModule.TemplateParts => Parts;
}
