# The product with the tools that Python releases are made with. No root at run time; all state is in /data.
ARG DOTNET=10.0
FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Core/Core.csproj src/Core/
COPY src/Infrastructure/Infrastructure.csproj src/Infrastructure/
COPY src/Sandbox/Sandbox.csproj src/Sandbox/
COPY src/Web/Web.csproj src/Web/BlazorScript.targets src/Web/
RUN dotnet restore src/Web/Web.csproj --use-current-runtime -p:PublishReadyToRun=true
COPY appsettings.json ./
COPY playbooks playbooks
COPY src src
RUN dotnet publish src/Web/Web.csproj --configuration Release --no-restore --use-current-runtime --self-contained false --output /app \
    -p:PublishReadyToRun=true -p:RunAnalyzers=false

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl git libsqlite3-0 \
        python3 python3-venv python3-build python3-setuptools python3-setuptools-whl python3-wheel-whl python3-pip-whl twine \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --create-home --shell /usr/sbin/nologin release \
 && install -d -o release -g release /data
COPY --from=build /app /app
USER release
ENV Urls=http://0.0.0.0:8080 Data=/data
VOLUME /data
EXPOSE 8080
# Asks where it was told to listen: with Urls, not with --urls.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD curl --fail --silent --output /dev/null "${Urls%%;*}/health/ready"
ENTRYPOINT ["dotnet", "/app/ReleaseDashboard.Web.dll"]
CMD ["serve"]
