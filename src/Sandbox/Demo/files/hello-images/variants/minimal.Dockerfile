FROM scratch
ARG HELLO_VERSION=dev
LABEL org.opencontainers.image.title="hello-minimal" \
      org.opencontainers.image.version="${HELLO_VERSION}"
COPY rootfs/etc/hello-release /etc/hello-release
CMD ["/etc/hello-release"]
