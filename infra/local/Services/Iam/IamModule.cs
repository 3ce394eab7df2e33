using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Iam;

/// <summary>AWS Identity and Access Management: no operation is built, and roles and policies allow nothing.</summary>
internal sealed class IamModule : IServiceModule
{
    public static TemplateParts Parts { get; } = new()
    {
        InertTypes =
        [
            new("AWS::IAM::Role", "RoleName", InertType.NoPermissions, "AssumeRolePolicyDocument", "Description",
                "ManagedPolicyArns", "MaxSessionDuration", "PermissionsBoundary", "Policies", "Tags")
            {
                HasPath = true,
                Attributes = role => new()
                {
                    ["Arn"] = ArnOf(role, "role"),
                    ["RoleId"] = Principal.RoleId(ArnOf(role, "role")),
                },
            },
            new("AWS::IAM::ManagedPolicy", "ManagedPolicyName", InertType.NoPermissions, "Description", "Groups",
                "PolicyDocument", "Roles", "Users")
            {
                HasPath = true,
                Reference = policy => ArnOf(policy, "policy"),
                Attributes = policy => new() { ["PolicyArn"] = ArnOf(policy, "policy") },
            },
        ],
    };

    public string SigningName => "iam";

    public IWireProtocol? Wire => null;

    TemplateParts IServiceModule.TemplateParts => Parts;

    /// <summary>IAM has no Regions, and its resources have paths.</summary>
    private static string ArnOf(InertResource resource, string kind) =>
        $"arn:{resource.Stack.Partition}:iam::{resource.Stack.AccountId}:{kind}{resource.Path}{resource.Name}";
}
