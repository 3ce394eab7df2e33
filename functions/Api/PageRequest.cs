using System.Globalization;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>The page of jobs that a request asks for.</summary>
/// <param name="Limit">1 to <see cref="JobReader.MaxPage"/> jobs.</param>
internal sealed record PageRequest(int Limit, JobsCursor? After)
{
    private const int DefaultLimit = 20;

    /// <param name="query">Null if the request has no query.</param>
    /// <param name="problem">What is wrong if the result is null.</param>
    public static PageRequest? TryRead(IDictionary<string, string>? query, out string problem)
    {
        problem = "";
        var limit = DefaultLimit;
        JobsCursor? after = null;
        foreach (var (name, value) in query ?? new Dictionary<string, string>())
        {
            switch (name)
            {
                case "limit":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                        || limit is < 1 or > JobReader.MaxPage)
                        problem = $"limit must be a number from 1 to {JobReader.MaxPage}.";
                    break;
                case "cursor":
                    after = JobsCursor.TryParse(value ?? "");
                    if (after is null) problem = "cursor must be the value of next in an earlier page.";
                    break;
                default:
                    problem = "The parameters of this list are limit and cursor.";
                    break;
            }
        }

        return problem.Length == 0 ? new PageRequest(limit, after) : null;
    }
}
