using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>The execution role that SAM makes for a function that names none.</summary>
internal sealed class RoleExpansion
{
    private const string Basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    private const string XRay = "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess";
    private const string Vpc = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";

    private readonly FunctionExpansion function;
    private readonly NodeBuilder at;
    private readonly List<TemplateNode> managed = [];
    private readonly List<TemplateNode> inline = [];

    private RoleExpansion(FunctionExpansion function) => (this.function, at) = (function, function.At);

    private string LogicalId => function.Function.LogicalId + "Role";

    /// <param name="destinations">Policies that the function's destinations need.</param>
    /// <returns>Null when the function names a role.</returns>
    public static ResourceEntry? Expand(
        FunctionExpansion function, TemplateMapping? events, IReadOnlyList<TemplateNode> destinations)
    {
        if (function.Value("Role") is { } role)
        {
            if (FunctionTags.IsFunction(role, out var name, out _) && name == "Fn::If")
            {
                function.Errors.Add(role.Location, function.Function.LogicalId, "Role by Fn::If is not supported");
            }

            return null;
        }

        return new RoleExpansion(function).Build(events, destinations);
    }

    private ResourceEntry Build(TemplateMapping? events, IReadOnlyList<TemplateNode> destinations)
    {
        AddManaged(at.Text(Basic));
        if (function.Tracing is not null) AddManaged(at.Text(XRay));
        if (function.Value("VpcConfig") is not null) AddManaged(at.Text(Vpc));
        if (function.DeadLetterTarget() is { } target) inline.Add(DeadLetterPolicy(target));
        inline.AddRange(destinations);
        AddPolicies();
        foreach (var policy in (events?.Entries ?? []).Select(PolicyOf).OfType<string>()) AddManaged(at.Text(policy));

        var properties = at.Map(
            ("AssumeRolePolicyDocument", function.Value("AssumeRolePolicyDocument") ?? TrustPolicy()),
            ("ManagedPolicyArns", at.List(managed)),
            ("Policies", inline.Count > 0 ? at.List(inline) : null),
            ("Path", function.Value("RolePath")),
            ("PermissionsBoundary", function.Value("PermissionsBoundary")),
            ("Tags", function.TagList()));
        return new ResourceEntry(LogicalId, at.Location, "AWS::IAM::Role", properties)
        {
            Condition = function.Function.Condition,
            DeletionPolicy = function.Function.DeletionPolicy,
            UpdateReplacePolicy = function.Function.UpdateReplacePolicy,
        };
    }

    private string? PolicyOf(TemplateEntry declared) =>
        declared.Value is TemplateMapping mapping && mapping.Find("Type")?.Value is TemplateScalar type
            ? function.Parts.Events.FirstOrDefault(known => known.Type == type.Text)?.ManagedPolicy
            : null;

    private void AddPolicies()
    {
        IReadOnlyList<TemplateNode> policies = function.Value("Policies") switch
        {
            null => [],
            TemplateSequence list => list.Items,
            var one => [one],
        };
        for (var i = 0; i < policies.Count; i++) Add(policies[i], i);
    }

    private void Add(TemplateNode policy, int index)
    {
        if (policy is TemplateScalar || (IsFunction(policy, out var name) && name != "Fn::If"))
        {
            AddManaged(ManagedPolicies.Arn(policy));
        }
        else if (FunctionTags.IsFunction(policy, out _, out var argument))
        {
            AddChoice(policy, argument, index);
        }
        else if (Document(policy, index) is { } document)
        {
            inline.Add(Inline(document, index));
        }
    }

    /// <summary>An <c>Fn::If</c>: both branches must be of one kind; either may be <c>AWS::NoValue</c>.</summary>
    private void AddChoice(TemplateNode policy, TemplateNode argument, int index)
    {
        if (argument is not TemplateSequence { Items: [TemplateScalar condition, var then, var otherwise] })
        {
            function.Errors.Add(policy.Location, function.Function.LogicalId, "Fn::If requires 3 arguments");
            return;
        }

        TemplateNode[] branches = [then, otherwise];
        var real = branches.Where(branch => !FunctionTags.IsNoValue(branch)).ToArray();
        var managed = real.Count(branch => branch is TemplateScalar || IsFunction(branch, out _));
        if (managed > 0 && managed < real.Length)
        {
            var message = "Different policy types within the same Fn::If statement is unsupported. "
                + "Separate different policy types into different Fn::If statements";
            function.Errors.Add(policy.Location, function.Function.LogicalId, message);
        }
        else if (managed > 0)
        {
            AddManaged(at.If(condition.Text, ManagedPolicies.Arn(then), ManagedPolicies.Arn(otherwise)));
        }
        else
        {
            inline.Add(at.If(condition.Text, Branch(then, index), Branch(otherwise, index)));
        }
    }

    private TemplateNode Branch(TemplateNode branch, int index) =>
        !FunctionTags.IsNoValue(branch) && Document(branch, index) is { } document ? Inline(document, index) : branch;

    /// <summary>A policy document as written, or what a policy template gives; null after an error.</summary>
    private TemplateNode? Document(TemplateNode policy, int index)
    {
        if (policy is TemplateMapping written && written.Find("Statement") is not null) return policy;
        if (policy is TemplateMapping { Entries: [var only] } && FindTemplate(only.Key) is { } template)
        {
            return template.Expand(only, function.Function.LogicalId, function.Errors);
        }

        var names = function.Parts.PolicyTemplates.Select(known => known.Name).Order(StringComparer.Ordinal);
        var message = $"Policy at index {index} in the 'Policies' property is not valid; policy templates supported "
            + $"are {string.Join(", ", names)}";
        function.Errors.Add(policy.Location, function.Function.LogicalId, message);
        return null;
    }

    private PolicyTemplate? FindTemplate(string name) =>
        function.Parts.PolicyTemplates.FirstOrDefault(known => known.Name == name);

    private TemplateMapping Inline(TemplateNode document, int index) =>
        at.Map(("PolicyName", at.Text($"{LogicalId}Policy{index}")), ("PolicyDocument", document));

    private void AddManaged(TemplateNode arn)
    {
        if (!managed.Any(existing => TemplateJson.Same(existing, arn))) managed.Add(arn);
    }

    private static bool IsFunction(TemplateNode node, out string name) =>
        FunctionTags.IsFunction(node, out name, out _);

    private TemplateMapping DeadLetterPolicy(TemplateNode target)
    {
        var statement = at.Map(
            ("Action", at.Text(function.DeadLetterAction!)), ("Resource", target), ("Effect", at.Text("Allow")));
        var document = at.Map(("Version", at.Text("2012-10-17")), ("Statement", at.List(statement)));
        return at.Map(("PolicyName", at.Text("DeadLetterQueuePolicy")), ("PolicyDocument", document));
    }

    private TemplateMapping TrustPolicy() => at.Map(
        ("Version", at.Text("2012-10-17")),
        ("Statement", at.List(at.Map(
            ("Action", at.Texts("sts:AssumeRole")),
            ("Effect", at.Text("Allow")),
            ("Principal", at.Map(("Service", at.Texts("lambda.amazonaws.com"))))))));
}
