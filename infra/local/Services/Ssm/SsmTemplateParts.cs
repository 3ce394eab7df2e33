using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;

namespace Isobar.Local.Services.Ssm;

/// <summary>What Parameter Store adds to templates.</summary>
internal static class SsmTemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        PolicyTemplates =
        [
            Template("SSMParameterReadPolicy", "parameter/${parameterName}"),
            Template("SSMParameterWithSlashPrefixReadPolicy", "parameter${parameterName}"),
        ],
    };

    private static PolicyTemplate Template(string name, string resource) => new(
        name, "ParameterName", ["ssm:GetParameters", "ssm:GetParameter", "ssm:GetParametersByPath"],
        [PolicyTemplate.Regional("ssm", resource)], ResourceIsList: false)
    {
        ActionsOnAny = ["ssm:DescribeParameters"],
    };
}
