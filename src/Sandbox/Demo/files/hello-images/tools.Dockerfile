# The full image with what people need who look into it.
ARG REGISTRY=127.0.0.1:5082
FROM ${REGISTRY}/example/hello:debian
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
       # to fetch and read answers
       curl jq \
       git \
    && rm -rf /var/lib/apt/lists/*
COPY tools/ /opt/hello/tools/
